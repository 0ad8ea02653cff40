// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.http;

/**
 * How many requests the guest endpoint has had, as {@code org.novacompat.metadata:type=Requests}.
 * This project's launcher learns from it that the service does not hang.
 */
public interface RequestCountMXBean {
  /**
   * Counts requests that were done with, whatever the answer.
   *
   * @return how many since the start
   */
  long getCompleted();

  /** Starts at zero again: what came before were the launcher's own requests. */
  void reset();
}
