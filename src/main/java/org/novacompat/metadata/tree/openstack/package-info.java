// SPDX-License-Identifier: Apache-2.0
/**
 * OpenStack's tree: its versions, its table, and its JSON documents.
 *
 * <p>Used only by {@code Application}; depends on {@code tree}.
 */
package org.novacompat.metadata.tree.openstack;
