// SPDX-License-Identifier: Apache-2.0
/**
 * Questions to Neutron: the ports that an address belongs to, and the security groups of instances.
 * Neutron is asked only for requests that need it, and once for those that need the same at the
 * same time.
 *
 * <p>Depends on {@code keystone}, {@code cache}, the model, and on the trees, whose {@link
 * org.novacompat.metadata.tree.SecurityGroups} it implements. Used only by the application.
 */
package org.novacompat.metadata.neutron;
