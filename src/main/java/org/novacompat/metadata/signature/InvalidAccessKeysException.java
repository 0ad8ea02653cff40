// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.signature;

import java.nio.file.Path;

/**
 * A file of access keys cannot be used. The message is one line: the file, the line where there is
 * one, and what was expected. It never holds a secret, nor anything else that the line says, since
 * a secret may be in the wrong place.
 */
public final class InvalidAccessKeysException extends Exception {
  private static final long serialVersionUID = 1L;

  InvalidAccessKeysException(Path file, String problem) {
    super(file + ": " + problem);
  }

  InvalidAccessKeysException(Path file, int line, String problem) {
    super(file + ":" + line + ": " + problem);
  }
}
