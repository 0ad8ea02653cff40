// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.openapi;

/** A call fails, in a way that its caller is told of. */
final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Failure failure;

  /**
   * Says what the caller is told.
   *
   * @param failure the kind
   * @param message a sentence in English about this very call, without secrets
   */
  RefusedException(Failure failure, String message) {
    super(message);
    this.failure = failure;
  }

  /**
   * Says what the caller is told, and what only the log is.
   *
   * @param failure the kind
   * @param message a sentence in English about this very call, without secrets
   * @param cause how it came to it
   */
  RefusedException(Failure failure, String message, Throwable cause) {
    super(message, cause);
    this.failure = failure;
  }

  Failure failure() {
    return failure;
  }
}
