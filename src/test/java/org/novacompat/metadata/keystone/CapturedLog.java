// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.keystone;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What the operator is told about services, kept off the test's console. */
public final class CapturedLog extends Handler {
  private static final Logger LOG = Logger.getLogger(ServiceClient.class.getName());

  private final Queue<String> lines = new ConcurrentLinkedQueue<>();

  private CapturedLog() {}

  /** Captures until closed. */
  public static CapturedLog start() {
    CapturedLog log = new CapturedLog();
    LOG.setUseParentHandlers(false);
    LOG.addHandler(log);
    return log;
  }

  /** The lines so far. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  public void publish(LogRecord record) {
    if (record.getLevel().intValue() >= Level.INFO.intValue()) {
      lines.add(new SimpleFormatter().formatMessage(record));
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    LOG.removeHandler(this);
    LOG.setUseParentHandlers(true);
  }
}
