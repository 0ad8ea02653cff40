// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.client;

/** A call that was not done. The message is for whoever gave the command; it holds no secret. */
final class ClientException extends Exception {
  private static final long serialVersionUID = 1L;

  ClientException(String message) {
    super(message);
  }
}
