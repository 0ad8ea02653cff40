// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.serve;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.text.MessageFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.novacompat.metadata.command.CommandException;
import org.novacompat.metadata.config.Catalogue;
import org.novacompat.metadata.config.NovaConf;
import org.novacompat.metadata.log.Printable;

/**
 * Writes the service's log, a line a record in oslo.log's format ({@code 2026-11-21 23:47:35.123
 * 4711 INFO name [-] text}), to standard error and to the file that nova.conf names. The file is
 * reopened when it was moved away or deleted. While it cannot be written, as with a full disk,
 * standard error alone has the log, and a line that says why.
 */
final class OsloLog extends Handler {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneId.systemDefault());
  private static final long PID = ProcessHandle.current().pid();

  private final PrintStream console;
  private final Optional<Path> path;
  private OutputStream file = OutputStream.nullOutputStream();
  private Object fileKey = this;

  /** How many records are not in the file since it could last be written. */
  private long lost;

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

  /**
   * Opens the log that nova.conf names.
   *
   * @param console where every line goes
   * @param conf nova's configuration
   * @throws CommandException when its file cannot be written to
   */
  static OsloLog open(PrintStream console, NovaConf conf) {
    Optional<Path> file = file(conf);
    try {
      OsloLog log = new OsloLog(console, file);
      log.setLevel(Level.ALL);
      return log;
    } catch (IOException e) {
      throw new CommandException(
          "cannot write the log " + file.orElseThrow() + ": " + reason(e), e);
    }
  }

  /** As oslo.log decides ({@code oslo_log/log.py: _get_log_file_path}). */
  private static Optional<Path> file(NovaConf conf) {
    Optional<Path> folder = conf.get(Catalogue.DEFAULT.logDir);
    return conf.get(Catalogue.DEFAULT.logFile)
        .map(name -> folder.map(dir -> dir.resolve(name)).orElse(name))
        .or(() -> folder.map(dir -> dir.resolve("nova-api-metadata.log")));
  }

  @Override
  public synchronized void publish(LogRecord entry) {
    if (!isLoggable(entry)) {
      return;
    }
    String lines = format(entry);
    print(lines);
    if (path.isPresent()) {
      write(path.get(), lines);
    }
  }

  private void print(String lines) {
    console.print(lines);
    console.flush();
  }

  private void write(Path target, String lines) {
    try {
      if (!isOpen(target)) {
        fileKey = this; // no file's
        file.close();
        open(target);
      }
      file.write((lost == 0 ? lines : after(lost) + lines).getBytes(StandardCharsets.UTF_8));
      lost = 0;
    } catch (IOException e) {
      if (lost == 0) {
        print(own("cannot write the log " + target + ", which goes on here: " + reason(e)));
      }
      lost++;
    }
  }

  /** The last line in the file may be incomplete. */
  private static String after(long lost) {
    return "\n" + own(lost + " records could not be written to this file");
  }

  private static String own(String message) {
    LogRecord entry = new LogRecord(Level.WARNING, message);
    entry.setLoggerName(OsloLog.class.getName());
    return format(entry);
  }

  /** Why a file cannot be written, in the words of an operator. */
  static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "there is no such folder";
    }
    return e instanceof AccessDeniedException ? "permission denied" : e.getMessage();
  }

  private void open(Path target) throws IOException {
    file = Files.newOutputStream(target, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    fileKey = key(target);
  }

  /** Whether the open file still has the name. */
  private boolean isOpen(Path target) throws IOException {
    try {
      return key(target).equals(fileKey);
    } catch (NoSuchFileException e) {
      return false;
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
      entry.getThrown().printStackTrace(new Trace(trace));
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
    return Printable.line(text);
  }

  /** A stack trace in which a message stays on its line, whatever is in it. */
  private static final class Trace extends PrintWriter {
    private Trace(StringWriter lines) {
      super(lines);
    }

    @Override
    public void println(Object line) {
      String text = String.valueOf(line);
      super.println((text.startsWith("\t") ? "\t" : "") + Printable.line(text.strip()));
    }
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
