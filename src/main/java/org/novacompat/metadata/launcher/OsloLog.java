// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.text.MessageFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.logging.ErrorManager;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * The service's log: one line a record in oslo.log's format ({@code 2026-11-21 23:47:35.123 4711
 * INFO name [-] text}), to standard error and to the file that nova.conf names. The file is opened
 * anew when logrotate has moved it away.
 */
final class OsloLog extends Handler {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneId.systemDefault());
  private static final long PID = ProcessHandle.current().pid();
  private static final long ROTATION_CHECK_NANOS = 1_000_000_000L;

  private final PrintStream console;
  private final Optional<Path> path;
  private OutputStream file = OutputStream.nullOutputStream();
  private Object fileKey = this;
  private long checked;

  /**
   * Opens the log.
   *
   * @param console where every line goes
   * @param path the file that every line goes to as well
   * @throws IOException when the file cannot be written to
   */
  OsloLog(PrintStream console, Optional<Path> path) throws IOException {
    this.console = console;
    this.path = path;
    if (path.isPresent()) {
      open(path.get());
    }
  }

  @Override
  public synchronized void publish(LogRecord entry) {
    if (!isLoggable(entry)) {
      return;
    }
    String lines = format(entry);
    console.print(lines);
    console.flush();
    try {
      reopenWhenRotated();
      file.write(lines.getBytes(StandardCharsets.UTF_8));
      file.flush();
    } catch (IOException e) {
      reportError("cannot write to " + path, e, ErrorManager.WRITE_FAILURE);
    }
  }

  private void open(Path target) throws IOException {
    file = Files.newOutputStream(target, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    fileKey = key(target);
    checked = System.nanoTime();
  }

  private void reopenWhenRotated() throws IOException {
    if (path.isEmpty() || System.nanoTime() - checked < ROTATION_CHECK_NANOS) {
      return;
    }
    checked = System.nanoTime();
    if (!Files.exists(path.get()) || !key(path.get()).equals(fileKey)) {
      file.close();
      open(path.get());
    }
  }

  private static Object key(Path target) throws IOException {
    return Optional.ofNullable(Files.getAttribute(target, "basic:fileKey")).orElse(target);
  }

  static String format(LogRecord entry) {
    StringBuilder line = new StringBuilder(160);
    TIME.formatTo(Instant.ofEpochMilli(entry.getMillis()), line);
    line.append(' ').append(PID).append(' ').append(level(entry.getLevel())).append(' ');
    line.append(entry.getLoggerName()).append(" [-] ").append(message(entry)).append('\n');
    if (entry.getThrown() != null) {
      StringWriter trace = new StringWriter();
      entry.getThrown().printStackTrace(new PrintWriter(trace));
      line.append(trace);
    }
    return line.toString();
  }

  private static String message(LogRecord entry) {
    Object[] parameters = entry.getParameters();
    String text =
        parameters == null || parameters.length == 0
            ? String.valueOf(entry.getMessage())
            : MessageFormat.format(entry.getMessage(), parameters);
    return text.replaceAll("[\\r\\n]+", " ");
  }

  private static String level(Level level) {
    if (level.intValue() >= Level.SEVERE.intValue()) {
      return "ERROR";
    }
    if (level.intValue() >= Level.WARNING.intValue()) {
      return "WARNING";
    }
    return level.intValue() >= Level.INFO.intValue() ? "INFO" : "DEBUG";
  }

  @Override
  public void flush() {
    console.flush();
  }

  /** Leaves the file open: the last lines come after the JDK has closed its loggers. */
  @Override
  public void close() {
    flush();
  }
}
