// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.novacompat.metadata.fixture.PythonOracle;

/** An option file is what it is to PyMySQL, or refused with its line; mysqlclient's never is. */
class OptionFilesFuzzTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @FuzzTest
  void isReadAsPymysqlReadsItOrRefused(byte[] bytes) throws Exception {
    String text = new String(bytes, StandardCharsets.UTF_8);
    MysqlOptionFile.parse(text.replace('!', '?')).get("client", "password");
    Optional<OptionFile> file = Optional.empty();
    try {
      file = Optional.of(OptionFile.parse("my.cnf", text));
    } catch (IllegalArgumentException e) {
      assertTrue(e.getMessage().matches("my\\.cnf:\\d+: [a-z ]{1,100}"), e.getMessage());
    }
    Optional<PythonOracle.Answer> answer = PythonOracle.ask("options", text);
    if (answer.isPresent()) {
      assertEquals(answer.get().text().isPresent(), file.isPresent(), text);
      assertAlike(JSON.readTree(answer.get().text().orElse("{}")), file);
    }
  }

  private static void assertAlike(JsonNode groups, Optional<OptionFile> file) {
    for (var group : groups.properties()) {
      for (var option : group.getValue().properties()) {
        String value = option.getValue().asText("");
        boolean isQuoted =
            value.length() > 1
                && value.charAt(0) == value.charAt(value.length() - 1)
                && "'\"".indexOf(value.charAt(0)) >= 0;
        String meant = isQuoted ? value.substring(1, value.length() - 1) : value;
        assertEquals(
            option.getValue().isNull() ? "" : meant,
            file.orElseThrow().get(group.getKey(), option.getKey()).orElse(""),
            option.getKey());
      }
    }
  }
}
