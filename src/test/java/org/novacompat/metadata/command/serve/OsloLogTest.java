// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OsloLogTest {
  private static final PrintStream NOWHERE =
      new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

  @Test
  void writesALineAsOsloLogDoes() {
    LogRecord entry = entry("{0} of {1}");
    entry.setParameters(new Object[] {"one", 2});
    String line = OsloLog.format(entry);
    assertTrue(
        line.matches(
            "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3} \\d+ WARNING a\\.name \\[-] one of 2\n"),
        line);
  }

  @Test
  void goesOnInANewFileWhenTheOldOneWasRotatedAway(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("nova-api-metadata.log");
    OsloLog log = new OsloLog(NOWHERE, Optional.of(file));
    log.publish(entry("before"));
    Files.move(file, folder.resolve("nova-api-metadata.log.1"));
    log.publish(entry("after"));
    Files.delete(file);
    log.close();
    log.publish(entry("last"));
    assertTrue(Files.readString(file).endsWith("[-] last\n"));
    assertEquals(1, Files.readAllLines(file).size());
    assertEquals(1, Files.readAllLines(folder.resolve("nova-api-metadata.log.1")).size());
  }

  @Test
  void tellsOnceOnTheConsoleThatTheFileCannotBeWrittenAndInTheFileHowManyRecordsItLacks(
      @TempDir Path folder) throws Exception {
    Path logs = Files.createDirectory(folder.resolve("logs"));
    Path file = logs.resolve("nova-api-metadata.log");
    ByteArrayOutputStream console = new ByteArrayOutputStream();
    OsloLog log =
        new OsloLog(new PrintStream(console, true, StandardCharsets.UTF_8), Optional.of(file));
    Files.move(logs, folder.resolve("away"));
    log.publish(entry("one"));
    log.publish(entry("two"));
    List<String> lines = console.toString(StandardCharsets.UTF_8).lines().toList();
    assertEquals(3, lines.size(), lines::toString);
    assertTrue(
        lines
            .get(1)
            .endsWith(
                "cannot write the log %s, which goes on here: there is no such folder"
                    .formatted(file)));
    Files.createDirectory(logs);
    log.publish(entry("three"));
    List<String> written = Files.readAllLines(file);
    assertEquals(3, written.size(), written::toString);
    assertTrue(written.get(1).endsWith("2 records could not be written to this file"));
    assertTrue(written.get(2).endsWith("three"));
  }

  @Test
  void keepsARecordOnOneLine() {
    assertTrue(OsloLog.format(entry("one\r\n2026 forged")).endsWith("[-] one 2026 forged\n"));
  }

  @Test
  void nothingInALineIsObeyed() {
    String evil =
        "a\n2026-11-26 00:00:00.000 1 INFO forged [-] b\u001b[2J\u2028c\u202ed\ud800e\u0000\u0085\u009b\ufeff";
    LogRecord entry = entry(evil);
    entry.setThrown(new IllegalStateException(evil, new IllegalStateException(evil)));
    String printed = OsloLog.format(entry);
    List<String> starts =
        printed.lines().filter(line -> !line.startsWith("\t")).map(OsloLogTest::afterName).toList();
    String shown = "a 2026-11-26 00:00:00.000 1 INFO forged [-] b?[2J?c?d?e????";
    String type = "java.lang.IllegalStateException: ";
    assertEquals(List.of(shown, type + shown, "Caused by: " + type + shown), starts);
    assertTrue(
        printed.contains("\n\tat org.novacompat.metadata.command.serve.OsloLogTest"), printed);
  }

  private static String afterName(String line) {
    return line.replaceFirst("^.* a\\.name \\[-] ", "");
  }

  private static LogRecord entry(String message) {
    LogRecord entry = new LogRecord(Level.WARNING, message);
    entry.setLoggerName("a.name");
    return entry;
  }
}
