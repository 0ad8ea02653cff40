// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree;

/** What a tree has at a path. */
public sealed interface Lookup
    permits Document, Lookup.NotFound, Lookup.Failed, Lookup.TemporarilyUnavailable {
  /** There is nothing: nova's 404. */
  NotFound NOT_FOUND = new NotFound();

  /** There is nothing: nova's 404. */
  record NotFound() implements Lookup {}

  /**
   * There is a document but it cannot be made: a server error.
   *
   * @param reason what is wrong, for the log; not for the guest
   */
  record Failed(String reason) implements Lookup {}

  /**
   * The remote service that a document depends on cannot be asked now.
   *
   * @param reason what is wrong, for the log; not for the guest
   */
  record TemporarilyUnavailable(String reason) implements Lookup {}
}
