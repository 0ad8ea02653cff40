// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree;

import java.util.Optional;

/** What is kept for a path of an instance once it was asked for; immutable. */
interface Reply {
  /** Nothing is there for this instance. */
  Reply NOTHING = caller -> Answer.NOT_FOUND;

  /**
   * Answers a request.
   *
   * @param callerAddress the address that the request comes from, where it is known
   */
  Answer to(Optional<String> callerAddress);

  /** Answers for what is below this path where the table does not name it. */
  default Answer child(String name) {
    return Answer.NOT_FOUND;
  }

  /** Estimates the memory that it takes where it is kept, in bytes. */
  default int bytes() {
    return 24;
  }

  /** Makes a reply of what may be missing. */
  static Reply orNothing(Optional<? extends Reply> reply) {
    return reply.isPresent() ? reply.get() : NOTHING;
  }
}
