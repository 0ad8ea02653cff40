// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.keystone;

/** An answer that is none of success; what else it says is not kept. */
final class ErrorStatus extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  ErrorStatus(int status) {
    super("status " + status);
    this.status = status;
  }

  int status() {
    return status;
  }
}
