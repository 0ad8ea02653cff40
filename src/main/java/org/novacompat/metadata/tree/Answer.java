// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree;

/** What a tree says to a path. */
public sealed interface Answer permits Document, Answer.NotFound, Answer.Unavailable, Answer.Later {
  /** Nothing is there. */
  NotFound NOT_FOUND = new NotFound();

  /** Nothing is there: nova's 404. */
  record NotFound() implements Answer {}

  /**
   * A document is there but cannot be made now: a server error.
   *
   * @param reason what is wrong, for the log; not for the guest
   */
  record Unavailable(String reason) implements Answer {}

  /**
   * Who knows what is there cannot be asked now, which passes by itself; they have logged it.
   *
   * @param reason what is wrong, not for the guest
   */
  record Later(String reason) implements Answer {}
}
