// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.openapi;

/** A call that fails, with what its caller is told. */
final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final ErrorCode error;

  /**
   * Refuses a call.
   *
   * @param error the kind of error
   * @param message a sentence in English about this call, without secrets
   */
  RefusedException(ErrorCode error, String message) {
    this(error, message, null);
  }

  /**
   * Refuses a call for a reason that only the log shows.
   *
   * @param error the kind of error
   * @param message a sentence in English about this call, without secrets
   * @param cause the reason; null where there is no other than the message
   */
  RefusedException(ErrorCode error, String message, Throwable cause) {
    super(message, cause);
    this.error = error;
  }

  ErrorCode error() {
    return error;
  }
}
