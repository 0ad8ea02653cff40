// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata;

import java.util.function.Function;
import java.util.function.Supplier;
import org.novacompat.metadata.config.ApiRelease;
import org.novacompat.metadata.tree.GuestTrees;

/**
 * The guests' trees as the release has them that is presented. Until it is known they are the
 * newest's, in which no instance is shown to a guest.
 */
final class PresentedTrees implements Supplier<GuestTrees> {
  private final Function<ApiRelease, GuestTrees> treesOf;
  private volatile GuestTrees trees;

  private PresentedTrees(Function<ApiRelease, GuestTrees> treesOf, GuestTrees trees) {
    this.treesOf = treesOf;
    this.trees = trees;
  }

  /**
   * Follows a release; documents made before it changes stay until the cache expires them.
   *
   * @param release the release
   * @param treesOf makes the trees of one
   */
  static PresentedTrees of(PresentedRelease release, Function<ApiRelease, GuestTrees> treesOf) {
    ApiRelease now = release.known().orElse(ApiRelease.latest());
    PresentedTrees trees = new PresentedTrees(treesOf, treesOf.apply(now));
    release.subscribe(another -> trees.change(another));
    return trees;
  }

  private void change(ApiRelease another) {
    trees = treesOf.apply(another);
  }

  @Override
  public GuestTrees get() {
    return trees;
  }
}
