// SPDX-License-Identifier: Apache-2.0
/**
 * eSurfing Cloud's tree: its table, and the custom metadata of instances.
 *
 * <p>Used only by {@code Application}; depends on {@code tree}.
 */
package org.novacompat.metadata.tree.esurfing;
