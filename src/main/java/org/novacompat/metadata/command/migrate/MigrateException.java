// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.migrate;

/** Why a cell is not as it was asked to be, in a sentence for the operator. */
public final class MigrateException extends Exception {
  private static final long serialVersionUID = 1L;

  MigrateException(String message) {
    super(message);
  }

  MigrateException(String message, Throwable cause) {
    super(message, cause);
  }
}
