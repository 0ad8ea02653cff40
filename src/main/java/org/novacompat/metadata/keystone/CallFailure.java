// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.keystone;

/** Why a call to a service failed, as a sentence for the operator that holds no secret. */
final class CallFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is to be done about it. */
  enum Kind {
    /** No connection: it may work a moment later. */
    UNREACHABLE,
    /** The service says that it is busy (503): it may work a moment later. */
    BUSY,
    /** The service is well but refuses this very question. */
    REFUSED,
    /** It was not made at all, because of earlier ones or because we are ending. */
    NOT_MADE,
    /** Anything else. */
    BROKEN
  }

  private final Kind kind;

  CallFailure(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  CallFailure(String message) {
    this(Kind.BROKEN, message, null);
  }

  Kind kind() {
    return kind;
  }
}
