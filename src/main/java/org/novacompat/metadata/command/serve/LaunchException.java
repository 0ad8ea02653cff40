// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.serve;

/** Why the service does not start, in a sentence for the operator. */
final class LaunchException extends Exception {
  private static final long serialVersionUID = 1L;

  LaunchException(String message) {
    super(message);
  }

  LaunchException(String message, Throwable cause) {
    super(message, cause);
  }
}
