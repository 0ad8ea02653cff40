// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree;

import java.util.Optional;
import org.novacompat.metadata.instance.Instance;

/**
 * The documents of one instance. Each is rendered when it is first asked for and then kept; two
 * threads may render the same one at the same time, and either's is kept. No locks.
 */
public final class InstanceDocuments {
  private final GuestTrees trees;
  private final Instance instance;
  // Replies are immutable with final fields only, so that a racing reader sees all of one or null.
  private final Reply[] replies;

  InstanceDocuments(GuestTrees trees, Instance instance, int slots) {
    this.trees = trees;
    this.instance = instance;
    this.replies = new Reply[slots];
  }

  /**
   * Says whose documents these are.
   *
   * @return the instance
   */
  public Instance instance() {
    return instance;
  }

  /**
   * Answers a request.
   *
   * @param path the path asked for
   * @param callerAddress the address that the request comes from, where it is known: EC2's local
   *     address of an instance that has none
   * @return the document, or why there is none
   */
  public Answer find(MetadataPath path, Optional<String> callerAddress) {
    String normalised = path.normalised();
    Routes.Route route = trees.route(normalised);
    if (route != null) {
      return reply(route).to(callerAddress);
    }
    int slash = normalised.lastIndexOf('/');
    Routes.Route parent = trees.route(normalised.substring(0, slash));
    return parent == null ? Answer.NOT_FOUND : reply(parent).child(normalised.substring(slash + 1));
  }

  private Reply reply(Routes.Route route) {
    if (!route.served().test(instance)) {
      return Reply.NOTHING;
    }
    int index = route.slot().index();
    Reply kept = replies[index];
    if (kept == null) {
      kept = route.slot().content().apply(instance);
      replies[index] = kept;
    }
    return kept;
  }
}
