// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

/** Someone else changed the same rows at the same time, so that a transaction must begin anew. */
final class OvertakenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OvertakenException() {
    super("someone else changed the same rows");
  }
}
