// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.keystone;

/** A call to a service failed. The message is a sentence for the operator, without a secret. */
final class ServiceCallException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What a failure says about the service, and so what to do about it. */
  enum Kind {
    /** There is no connection: it may work a moment later. */
    UNREACHABLE,
    /** The service is busy (503): it may work a moment later. */
    BUSY,
    /** The service does not accept the token (401): it may accept another one. */
    TOKEN_REFUSED,
    /** The service works but refuses this one question. */
    REFUSED,
    /** The call was not made or was given up: because earlier ones failed, or at the end. */
    NOT_MADE,
    /** Anything else. */
    BROKEN
  }

  private final Kind kind;

  ServiceCallException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  ServiceCallException(String message) {
    this(Kind.BROKEN, message, null);
  }

  Kind kind() {
    return kind;
  }
}
