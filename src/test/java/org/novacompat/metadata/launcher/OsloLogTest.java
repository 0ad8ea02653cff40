// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
    Thread.sleep(1_100);
    log.publish(entry("after"));
    log.close();
    log.publish(entry("last"));
    assertTrue(Files.readString(file).endsWith("[-] last\n"));
    assertEquals(1, Files.readAllLines(folder.resolve("nova-api-metadata.log.1")).size());
  }

  @Test
  void keepsARecordOnOneLine() {
    assertTrue(OsloLog.format(entry("one\r\n2026 forged")).endsWith("[-] one 2026 forged\n"));
  }

  private static LogRecord entry(String message) {
    LogRecord entry = new LogRecord(Level.WARNING, message);
    entry.setLoggerName("a.name");
    return entry;
  }
}
