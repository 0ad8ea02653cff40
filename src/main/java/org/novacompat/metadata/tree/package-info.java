// SPDX-License-Identifier: Apache-2.0
/**
 * From the model to documents: EC2's tree and OpenStack's, each a table of path, version and
 * function ({@link org.novacompat.metadata.tree.TreeTable}), joined into {@link
 * org.novacompat.metadata.tree.GuestTrees}. A further tree is a further table.
 *
 * <p>Depends on the model, Jackson and, in one class, the template engine.
 */
package org.novacompat.metadata.tree;
