// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config.oslo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.novacompat.metadata.fixture.PythonOracle;

/** A text is the value that it is to oslo.config, or refused. */
class OptionTypesFuzzTest {
  @FuzzTest
  void isReadAsOsloConfigReadsIt(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    parsed(OptionType.path(), text);
    parsed(OptionType.port(), text);
    parsed(OptionType.list(OptionType.path()), text);
    parsed(OptionType.optional(OptionType.choice("a", "b")), text);
    assertAlike("boolean", text, parsed(OptionType.bool(), text).map(String::valueOf));
    assertInteger(text, parsed(OptionType.integer(), text));
    assertReferenced(OptionType.bool(), text);
    assertReferenced(OptionType.integer(), text);
    assertSeconds(text, parsed(OptionType.seconds(), text));
  }

  private static <T> Optional<T> parsed(OptionType<T> type, String text) {
    if (type.leavesUnset(text)) {
      return Optional.empty();
    }
    try {
      return Optional.of(type.parse(text));
    } catch (IllegalArgumentException e) {
      String reason = Optional.ofNullable(e.getMessage()).orElse("-");
      assertTrue(reason.matches("[\\x20-\\x7e]{1,100}") && !reason.contains("or input"), reason);
      return Optional.empty();
    }
  }

  /** Where another option refers to it, it stands for the same value. */
  private static void assertReferenced(OptionType<?> type, String text) {
    parsed(type, text)
        .ifPresent(value -> assertEquals(value, type.parse(type.referenced(text)), text));
  }

  private static void assertInteger(String text, Optional<Integer> value) {
    PythonOracle.ask("integer", text)
        .ifPresent(
            answer ->
                assertEquals(
                    answer
                        .text()
                        .filter(number -> !number.equals("null"))
                        .map(OptionTypesFuzzTest::cut),
                    value,
                    text));
  }

  private static int cut(String number) {
    return new BigInteger(number)
        .max(BigInteger.valueOf(Integer.MIN_VALUE))
        .min(BigInteger.valueOf(Integer.MAX_VALUE))
        .intValueExact();
  }

  private static void assertSeconds(String text, Optional<Duration> value) {
    PythonOracle.ask("seconds", text)
        .map(PythonOracle.Answer::text)
        .ifPresent(
            seconds ->
                assertEquals(
                    seconds
                        .filter(number -> !number.equals("null") && !number.equals("NaN"))
                        .isPresent(),
                    value.isPresent(),
                    text));
  }

  private static void assertAlike(String judge, String text, Optional<String> value) {
    PythonOracle.ask(judge, text).ifPresent(answer -> assertEquals(answer.text(), value, text));
  }
}
