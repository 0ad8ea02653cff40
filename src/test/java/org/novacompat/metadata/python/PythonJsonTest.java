// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.python;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expected values are those of Python 3.11's json module. */
class PythonJsonTest {
  private static String rewritten(String json) throws IOException {
    byte[] read = json.getBytes(StandardCharsets.UTF_8);
    return new String(PythonJson.write(PythonJson.read(read)), StandardCharsets.US_ASCII);
  }

  @Test
  void separatesWithSpaces() throws IOException {
    assertEquals(
        "{\"a\": [1, null, true, false], \"b\": {}, \"c\": []}",
        rewritten("{\"a\":[1,null,true,false],\"b\":{},\"c\":[]}"));
  }

  @Test
  void escapesWhatIsNotPrintableAscii() throws IOException {
    assertEquals(
        "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f ~\\u007f\\u00e9\\u2028\\ud83d\\ude00\"",
        rewritten("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f ~\u007f\u00e9\u2028\ud83d\ude00\""));
  }

  @Test
  void keepsALoneSurrogate() throws IOException {
    assertEquals("\"\\ud800\"", rewritten("\"\\ud800\""));
  }

  @Test
  void keepsTheLastOfTwoValuesAtTheFirstsPlace() throws IOException {
    assertEquals("{\"a\": 3, \"b\": 2}", rewritten("{\"a\": 1, \"b\": 2, \"a\": 3}"));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0, 0",
    "123456789012345678901234567890, 123456789012345678901234567890",
    "1.0, 1.0",
    "-0.0, -0.0",
    "1e5, 100000.0",
    "1e15, 1000000000000000.0",
    "1e16, 1e+16",
    "123456789012345680000, 123456789012345680000",
    "0.0001, 0.0001",
    "0.00001, 1e-05",
    "1.5E-7, 1.5e-07",
    "0.1, 0.1",
    "2.2250738585072014e-308, 2.2250738585072014e-308",
    "5e-324, 5e-324",
    "5.684341886080802e-14, 5.684341886080802e-14",
    "1e400, Infinity",
    "-1e400, -Infinity",
    "NaN, NaN",
    "-Infinity, -Infinity",
  })
  void writesNumbersAsPythonDoes(String read, String written) throws IOException {
    assertEquals(written, rewritten(read));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "{} x",
        "[1,]",
        "{\"a\":1,}",
        "01",
        "+1",
        ".5",
        "1.",
        "'a'",
        "{a:1}",
        "\"\t\"",
        "// c\n1",
        "\ufeff1"
      })
  void refusesWhatPythonRefuses(String json) {
    assertThrows(JsonProcessingException.class, () -> rewritten(json));
  }

  @Test
  void refusesWhatIsNotUtf8() {
    assertThrows(
        CharacterCodingException.class,
        () -> PythonJson.read("\"\u00e9\"".getBytes(StandardCharsets.ISO_8859_1)));
    assertThrows(
        IOException.class, () -> PythonJson.read("\"a\"".getBytes(StandardCharsets.UTF_16)));
  }

  @Test
  void saysWhereTheErrorIs() {
    JsonProcessingException error =
        assertThrows(JsonProcessingException.class, () -> rewritten("{\n  \"a\": 1,\n}"));

    assertEquals(3, error.getLocation().getLineNr());
    assertEquals(1, error.getLocation().getColumnNr());
  }
}
