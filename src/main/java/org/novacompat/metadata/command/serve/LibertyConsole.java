// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.serve;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;

/** Turns what Liberty prints on its console into records of this service's log, line by line. */
final class LibertyConsole extends OutputStream {
  private static final Pattern LEVEL = Pattern.compile("^\\[[A-Z]+ *] ");

  private final Logger log;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private long complaints;

  LibertyConsole(Logger log) {
    this.log = log;
  }

  @Override
  public synchronized void write(int b) {
    if (b != '\n') {
      line.write(b);
      return;
    }
    String text = line.toString(StandardCharsets.UTF_8).strip();
    line.reset();
    if (!text.isEmpty()) {
      Level level = level(text);
      if (level.intValue() >= Level.WARNING.intValue()) {
        complaints++;
      }
      log.log(level, "{0}", LEVEL.matcher(text).replaceFirst(""));
    }
  }

  /** How many lines were warnings or errors. */
  synchronized long complaints() {
    return complaints;
  }

  private static Level level(String text) {
    if (text.startsWith("[ERROR") || text.startsWith("[FATAL")) {
      return Level.SEVERE;
    }
    return text.startsWith("[WARNING") ? Level.WARNING : Level.FINE;
  }
}
