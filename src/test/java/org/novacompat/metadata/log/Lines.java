// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.log;

import java.text.MessageFormat;
import java.util.List;
import java.util.Queue;
import java.util.ResourceBundle;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A log that keeps its lines for a test. */
public final class Lines implements System.Logger {
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();

  /** The lines so far. */
  public List<String> all() {
    return List.copyOf(lines);
  }

  @Override
  public String getName() {
    return "test";
  }

  @Override
  public boolean isLoggable(Level level) {
    return true;
  }

  @Override
  public void log(Level level, ResourceBundle bundle, String text, Throwable thrown) {
    lines.add(level + " " + text);
  }

  @Override
  public void log(Level level, ResourceBundle bundle, String format, Object... parameters) {
    lines.add(
        level + " " + (parameters == null ? format : MessageFormat.format(format, parameters)));
  }
}
