// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.instance;

/** The place that instances come from cannot be asked now; it may be later. */
public final class StoreUnavailableException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Says what could not be asked.
   *
   * @param message what was tried, without secrets
   * @param cause what went wrong
   */
  public StoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
