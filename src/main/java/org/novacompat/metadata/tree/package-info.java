// SPDX-License-Identifier: Apache-2.0
/**
 * From the model to documents: what all trees share. Each {@link org.novacompat.metadata.tree.Tree}
 * is a package below this one, a table of path, version and function ({@link
 * org.novacompat.metadata.tree.TreeTable}); {@link org.novacompat.metadata.tree.GuestTrees} joins
 * them.
 *
 * <p>Depends on the model, Jackson and, in one class of OpenStack's tree, the template engine.
 */
package org.novacompat.metadata.tree;
