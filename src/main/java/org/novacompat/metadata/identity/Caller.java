// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.identity;

import java.util.Optional;

/** Who asks, as far as the request alone tells. */
public sealed interface Caller {
  /**
   * A guest whose instance is known.
   *
   * @param instance the instance's UUID; any text when a proxy gave it
   * @param project the project the instance must belong to; empty when the way of asking names none
   * @param address the guest's address, shown where the instance has no fixed address of its own
   */
  record Guest(String instance, Optional<String> project, Optional<String> address)
      implements Caller {}

  /**
   * Nobody that can be answered.
   *
   * @param status the HTTP status, 400 or 403
   * @param explanation nova's sentence for it
   */
  record Refused(int status, String explanation) implements Caller {}

  /** An address that no instance has. */
  record Nobody() implements Caller {}

  /** An address that more than one instance has; which of them asks cannot be told. */
  record Ambiguous() implements Caller {}
}
