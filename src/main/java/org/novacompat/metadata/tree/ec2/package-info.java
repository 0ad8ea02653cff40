// SPDX-License-Identifier: Apache-2.0
/**
 * EC2's tree: its versions, its table, and how block devices are named.
 *
 * <p>Used only by {@code Application}; depends on {@code tree}.
 */
package org.novacompat.metadata.tree.ec2;
