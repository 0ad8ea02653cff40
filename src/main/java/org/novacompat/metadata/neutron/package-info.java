// SPDX-License-Identifier: Apache-2.0
/**
 * What Neutron is asked: the ports that an address belongs to, and the security groups of
 * instances. Only requests that need it ask, and those that need it at the same time ask together.
 *
 * <p>Depends on {@code keystone}, on the model, and on the trees, whose {@link
 * org.novacompat.metadata.tree.SecurityGroups} it implements. Nobody enters but where the
 * application is put together.
 */
package org.novacompat.metadata.neutron;
