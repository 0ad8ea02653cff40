// SPDX-License-Identifier: Apache-2.0
/**
 * Instances in nova's databases: rows into the model, EC2 ids, passwords, and addresses of
 * nova-network's time.
 *
 * <p>Used by {@code application}, and by {@code nova.custommetadata} for the rows beside an
 * instance.
 */
package org.novacompat.metadata.nova.instances;
