// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree;

import java.util.Optional;

/** What is rendered for a path of an instance and kept with it; immutable. */
public interface Node {
  /** What an object takes beside what it refers to. */
  int OBJECT_BYTES = 48;

  /** There is nothing at the path for this instance. */
  Node NOTHING = caller -> Lookup.NOT_FOUND;

  /**
   * Answers a request.
   *
   * @param callerAddress the address that the request comes from, where it is known
   * @return what to show
   */
  Lookup lookup(Optional<String> callerAddress);

  /**
   * Answers a request for a name below this path that no table has.
   *
   * @param name the last segment of the requested path
   * @return what to show
   */
  default Lookup child(String name) {
    return Lookup.NOT_FOUND;
  }

  /** Estimates what this takes in memory beside the instance, in bytes. */
  default int bytes() {
    return OBJECT_BYTES;
  }

  /** Tells whether this is small and may be equal to what another instance has at the path. */
  default boolean isShareable() {
    return false;
  }
}
