// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config.oslo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every value here is one that the types of oslo.config 9.0.0 were given, and what they said. */
class OsloTypesTest {

  @ParameterizedTest
  @CsvSource({"+5,5", "' 5 ',5", "5_000,5000", "-1,-1", "0_7,7", "٥,5", "००७,7"})
  void integersAreThoseOfPython(String text, int value) {
    assertEquals(value, OptionType.integer().parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"5.0", "0x5", "1e3", "+ 5", "5_", "_5", "5__0", "--5", "five"})
  void whatIsNoIntegerInPythonIsNone(String text) {
    OptionType<Integer> type = OptionType.integer();
    assertThrows(IllegalArgumentException.class, () -> type.parse(text));
  }

  @Test
  void integersMayBeOfAnyLengthUnlessThereIsABound() {
    assertEquals(Integer.MAX_VALUE, OptionType.integer().parse("99999999999"));
    assertEquals(Integer.MIN_VALUE, OptionType.integer().parse("-99999999999"));
    assertEquals(Integer.MAX_VALUE, OptionType.integerFrom(0).parse("9".repeat(40)));
    assertEquals("99999999999", OptionType.integer().referenced("99_999_999_999"));
    for (OptionType<Integer> bounded : List.of(OptionType.port(), OptionType.integerFrom(0))) {
      assertThrows(IllegalArgumentException.class, () -> bounded.parse("-99999999999"));
    }
    assertThrows(IllegalArgumentException.class, () -> OptionType.port().parse("99999999999"));
  }

  @ParameterizedTest
  @CsvSource({"0,0", "65535,65535", "+80,80", "8_080,8080"})
  void portsAreIntegersUpToTheLast(String text, int port) {
    assertEquals(port, OptionType.port().parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"65536", "-1", "80.0"})
  void noOtherNumberIsAPort(String text) {
    OptionType<Integer> port = OptionType.port();
    assertThrows(IllegalArgumentException.class, () -> port.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "2.5,2500",
    "+2.5,2500",
    "' 2.5 ',2500",
    ".5,500",
    "5.,5000",
    "5,5000",
    "1e3,1000000",
    "1e+2,100000",
    "1_000.5,1000500",
    "1_0e-1_0,1",
    "٥.٥,5500",
    "0.0001,1"
  })
  void secondsAreFloatsOfPython(String text, long millis) {
    assertEquals(Duration.ofMillis(millis), OptionType.seconds().parse(text));
    assertEquals(Duration.ofMillis(millis), OptionType.secondsAboveZero().parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"inf", "Infinity", "+INF", "1e999", "1e300"})
  void secondsWithoutEndAreMoreThanAnybodyWaits(String text) {
    Duration longest = Duration.ofSeconds((long) OptionType.MAX_SECONDS);
    assertEquals(longest, OptionType.seconds().parse(text));
    assertEquals(longest, OptionType.secondsAboveZero().parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "-0.0", "-inf"})
  void noTimeIsNone(String text) {
    assertEquals(Duration.ZERO, OptionType.seconds().parse(text));
    OptionType<Duration> aboveZero = OptionType.secondsAboveZero();
    assertThrows(IllegalArgumentException.class, () -> aboveZero.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.5f", "2d", "0x1p3", "1e", "1._5", "_1", "infinityx", "2,5", "2.5 s"})
  void whatIsNoFloatInPythonIsNoNumberOfSeconds(String text) {
    OptionType<Duration> type = OptionType.seconds();
    assertThrows(IllegalArgumentException.class, () -> type.parse(text));
  }

  @ParameterizedTest
  @CsvSource({"TRUE,true", "yes,true", "On,true", "oN,true", "1,true", "OFF,false", "0,false"})
  void truthIsWrittenInAnyLetters(String text, boolean value) {
    assertEquals(value, OptionType.bool().parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"t", "y", "2", "", " true ", "İ", "none"})
  void noOtherWordIsTrueOrFalse(String text) {
    OptionType<Boolean> type = OptionType.bool();
    assertThrows(IllegalArgumentException.class, () -> type.parse(text));
  }

  @Test
  void listsAreSplitAtEachComma() {
    OptionType<List<String>> type = OptionType.list(OptionType.text());
    assertEquals(List.of("a", "b"), type.parse("a,b,"));
    assertEquals(List.of("a"), type.parse("a,,"));
    assertEquals(List.of("", "a"), type.parse(",a"));
    assertEquals(List.of("a", ""), type.parse("a, ,"));
    assertEquals(List.of("a", "b"), type.parse(" a , b "));
    assertEquals(List.of("a'", "'b"), type.parse("a','b"));
    assertEquals(List.of(), type.parse(""));
    assertEquals(List.of(), type.parse(","));
  }

  @Test
  void choicesHeedTheCaseOfLetters() {
    OptionType<List<String>> type = OptionType.list(OptionType.choice("osapi_compute", "metadata"));
    assertEquals(List.of("osapi_compute", "metadata"), type.parse("osapi_compute , metadata,"));
    assertEquals(List.of(), type.parse(""));
    for (String wrong : List.of("metadata,ec2", "Metadata", "metadata,,osapi_compute")) {
      assertThrows(IllegalArgumentException.class, () -> type.parse(wrong));
    }
  }
}
