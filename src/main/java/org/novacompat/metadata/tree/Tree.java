// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree;

/** A tree of documents that guests read: EC2's, OpenStack's, eSurfing Cloud's. */
public interface Tree {
  /** Adds the tree's paths. */
  void addTo(Routes routes);
}
