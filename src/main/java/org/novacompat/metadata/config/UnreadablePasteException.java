// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

/** An api-paste.ini is there and cannot be read. */
final class UnreadablePasteException extends Exception {
  private static final long serialVersionUID = 1L;

  UnreadablePasteException(String message, Throwable cause) {
    super(message, cause);
  }
}
