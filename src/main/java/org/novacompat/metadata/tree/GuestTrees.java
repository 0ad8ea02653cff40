// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that guests may read: the trees, joined into one table of full paths ({@code
 * nova/api/metadata/base.py: lookup}).
 */
public final class GuestTrees {
  private static final String ROOT = "/";

  private final Route root;
  private final Map<String, Route> routes;

  /**
   * Joins trees.
   *
   * @param rootDocument what is at {@code /}, shown to any caller
   * @param trees the trees
   */
  public GuestTrees(Document rootDocument, List<Tree> trees) {
    Routes collected = new Routes();
    collected.add(ROOT, Route.of(instance -> rootDocument));
    trees.forEach(tree -> tree.addTo(collected));
    this.root = Route.toPublic(rootDocument);
    this.routes = collected.byPath();
  }

  /**
   * Finds where a path leads: one look into a hash table, two where no table has the path.
   *
   * @param path the path asked for, without its query, percent-decoded
   * @return the route; one that leads nowhere where no tree has the path
   */
  public Route route(String path) {
    String normalised = MetadataPath.normalise(path);
    Route route = routes.get(normalised);
    if (route == null) {
      int slash = normalised.lastIndexOf('/');
      Route directory = routes.get(normalised.substring(0, slash));
      return directory == null ? Route.NOWHERE : directory.child(normalised.substring(slash + 1));
    }
    return normalised.equals(ROOT) && path.startsWith(ROOT) ? root : route;
  }

  /** Lists what there may be for an instance. */
  public Set<String> paths() {
    return Collections.unmodifiableSet(routes.keySet());
  }
}
