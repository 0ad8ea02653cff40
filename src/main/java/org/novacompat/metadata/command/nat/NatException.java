// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.nat;

/** Why the command cannot do what it was asked for, in a sentence for the operator. */
final class NatException extends Exception {
  private static final long serialVersionUID = 1L;

  NatException(String message) {
    super(message);
  }

  NatException(String message, Throwable cause) {
    super(message, cause);
  }
}
