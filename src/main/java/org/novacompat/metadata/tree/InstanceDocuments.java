// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree;

import java.util.Optional;
import org.novacompat.metadata.instance.Instance;

/**
 * The documents of one instance. Each is rendered when it is first asked for and then kept; when
 * two threads render at the same time, what one of them rendered may have to be rendered again. No
 * locks.
 */
public final class InstanceDocuments {
  private static final int OWN_BYTES = 24;

  private final GuestTrees trees;
  private final Instance instance;
  // Immutable with final fields only, so that a racing reader sees all of an earlier or later one.
  private Replies replies = Replies.NONE;

  InstanceDocuments(GuestTrees trees, Instance instance) {
    this.trees = trees;
    this.instance = instance;
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
   * Estimates the memory that the documents take which were rendered so far.
   *
   * @return the number of bytes, without the instance
   */
  public int bytes() {
    return OWN_BYTES + replies.bytes();
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
    Routes.Slot slot = trees.slot(normalised);
    if (slot != null) {
      return reply(slot).to(callerAddress);
    }
    int slash = normalised.lastIndexOf('/');
    Routes.Slot parent = trees.slot(normalised.substring(0, slash));
    return parent == null ? Answer.NOT_FOUND : reply(parent).child(normalised.substring(slash + 1));
  }

  private Reply reply(Routes.Slot slot) {
    Reply kept = replies.at(slot.index());
    return kept == null ? keep(slot) : kept;
  }

  private Reply keep(Routes.Slot slot) {
    Replies kept = replies.with(slot.index(), slot.content().apply(instance));
    replies = kept;
    return kept.at(slot.index());
  }
}
