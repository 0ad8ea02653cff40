// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.mariadb.jdbc.Configuration;
import org.novacompat.metadata.fixture.PythonOracle;

/** A URL is what it is to SQLAlchemy, or refused in one line that does not show its password. */
class DatabaseUrlFuzzTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PASSWORD = "s3cr3t";

  @FuzzTest
  void isReadAsSqlalchemyReadsItOrRefused(byte[] bytes) throws Exception {
    String[] lines = new String(bytes, StandardCharsets.UTF_8).split("\n", 2);
    String text = lines[0];
    fill(
        text,
        lines.length > 1
            ? lines[1]
            : "{scheme}://{username}:{password}@{hostname}:{port}/{path}?{query}");
    DatabaseUrl url;
    try {
      url = DatabaseUrl.parse(text);
    } catch (IllegalArgumentException e) {
      assertSafe(e.getMessage(), text);
      return;
    }
    assertSafe(url.toString(), text);
    url.warnings().forEach(warning -> assertSafe(warning, text));
    url.driverOptions();
    assertEquals(url, DatabaseUrl.parse(url.source()));
    assertEquals(url, url.withParameters(""));
    assertTrue(Configuration.acceptsUrl(url.jdbcUrl()));
    Configuration.parse(url.jdbcUrl());
    if (url.query().isEmpty() && url.fragment().isEmpty()) {
      assertAsSqlalchemyReadsIt(url);
    }
  }

  private static void fill(String url, String template) {
    try {
      new CellUrlTemplate(url).fill(template);
    } catch (IllegalArgumentException e) {
      assertSafe(e.getMessage(), url);
    }
  }

  /** What stands before the scheme's end or in a name's place is shown. */
  private static void assertSafe(String message, String url) {
    boolean isPassword =
        url.matches("[^:]*://[^:/@]*:[^@]*" + PASSWORD + "[^@]*@[^@]*")
            && url.indexOf(PASSWORD) == url.lastIndexOf(PASSWORD);
    assertFalse(isPassword && message.contains(PASSWORD), message);
    assertTrue(message.chars().noneMatch(Character::isISOControl), message);
  }

  private static void assertAsSqlalchemyReadsIt(DatabaseUrl url) throws Exception {
    Optional<PythonOracle.Answer> answer = PythonOracle.ask("url", url.source());
    if (answer.isPresent()) {
      assertEquals(
          JSON.readTree(answer.get().text().orElse("null")),
          JSON.valueToTree(
              Arrays.asList(
                  url.username().orElse(null),
                  url.password().orElse(null),
                  url.host().orElse(null),
                  url.port().orElse(null),
                  url.database())),
          url.source());
    }
  }
}
