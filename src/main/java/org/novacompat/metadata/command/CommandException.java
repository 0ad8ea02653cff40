// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command;

/** Why a command fails, in one line for the operator. The line holds no secret. */
public final class CommandException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * A failure that only this command knows of.
   *
   * @param message what failed
   */
  public CommandException(String message) {
    super(message);
  }

  /**
   * A failure that comes from below.
   *
   * @param message what failed, and why
   * @param cause what was thrown
   */
  public CommandException(String message, Throwable cause) {
    super(message, cause);
  }
}
