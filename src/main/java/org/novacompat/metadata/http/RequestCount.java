// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.http;

import java.util.concurrent.atomic.LongAdder;

/** Counts the guest endpoint's requests. */
public final class RequestCount implements RequestCountMXBean {
  private final LongAdder completed = new LongAdder();

  void complete() {
    completed.increment();
  }

  @Override
  public void reset() {
    completed.reset();
  }

  @Override
  public long getCompleted() {
    return completed.sum();
  }
}
