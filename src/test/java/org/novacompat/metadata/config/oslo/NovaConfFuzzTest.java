// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config.oslo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.novacompat.metadata.config.NovaConf;
import org.novacompat.metadata.fixture.PythonOracle;

/** Any text is a nova.conf as oslo.config reads it, or refused with its lines and no secret. */
class NovaConfFuzzTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SECRET = "s3cr3t";

  /** Where the secret must not be shown: after the name of a secret option. */
  private static final Pattern KEPT =
      Pattern.compile(
          "(?:\\[(?:(?!"
              + SECRET
              + ")[^\\]])*\\]?)?\\s*(?:connection|metadata_proxy_shared_secret|password)\\s*[=:].*");

  @TempDir private static Path folder;
  private static Path file;

  @BeforeAll
  static void nameTheFile() {
    file = folder.resolve("nova.conf");
  }

  @FuzzTest
  void isReadAsOsloConfigReadsItOrRefused(byte[] bytes) throws Exception {
    Files.write(file, bytes);
    String text = new String(bytes, StandardCharsets.UTF_8);
    boolean isText = Arrays.equals(bytes, text.getBytes(StandardCharsets.UTF_8));
    if (isText) {
      assertAsOsloConfigReadsIt(text);
    }
    try {
      NovaConf conf = NovaConf.load(List.of(file), List.of(), Map.of());
      conf.warnings().forEach(warning -> assertShown(warning, text));
      conf.properties().forEach((name, value) -> assertSafe(value, text));
    } catch (InvalidConfigurationException e) {
      e.problems().forEach(problem -> assertShown(problem, text));
    }
  }

  private static void assertAsOsloConfigReadsIt(String text) throws Exception {
    ConfigFile read = ConfigFileParser.parse(file, word -> true);
    Optional<PythonOracle.Answer> answer = PythonOracle.ask("assignments", text);
    if (answer.isPresent()) {
      Optional<String> found = answer.get().text();
      assertEquals(found.isPresent(), read.problems().isEmpty(), text);
      if (found.isPresent()) {
        assertEquals(assignments(JSON.readTree(found.get())), assignments(read), text);
      }
    }
  }

  private static List<String> assignments(JsonNode found) {
    return Stream.iterate(0, i -> i < found.size(), i -> i + 1)
        .map(found::get)
        .map(set -> new OptionName(set.get(0).asText(), set.get(1).asText()) + set.get(2).asText())
        .sorted()
        .toList();
  }

  private static List<String> assignments(ConfigFile read) {
    return read.settings().values().stream()
        .flatMap(List::stream)
        .map(setting -> setting.name() + setting.text())
        .sorted()
        .toList();
  }

  private static void assertShown(String message, String text) {
    assertTrue(message.startsWith(file.toString()), message);
    assertTrue(message.chars().noneMatch(Character::isISOControl), message);
    assertSafe(message, text);
  }

  private static void assertSafe(String message, String text) {
    boolean isKept =
        text.lines()
            .filter(line -> line.contains(SECRET))
            .allMatch(line -> KEPT.matcher(line).matches());
    assertFalse(isKept && message.contains(SECRET), message);
  }
}
