// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonObjectTest {
  @Test
  void keepsOrderDigitsAndNestingAsTheyWereWritten() throws Exception {
    JsonObject object =
        parse(
            "{ \"b\" : 1.50, \"a\": -0, \"huge\": 1E+400, \"long\":"
                + " 12345678901234567890.0000000001, \"o\": { \"x\" : [ 1 , null, true, {} ] },"
                + " \"s\": \"\\u00e9 \\n"
                + " \\\"\" }");
    assertEquals(List.of("b", "a", "huge", "long", "o", "s"), List.copyOf(object.texts().keySet()));
    assertEquals("1.50", object.texts().get("b"));
    assertEquals("-0", object.texts().get("a"));
    assertEquals("1E+400", object.texts().get("huge"));
    assertEquals("12345678901234567890.0000000001", object.texts().get("long"));
    assertEquals("{\"x\":[1,null,true,{}]}", object.texts().get("o"));
    assertEquals("\"é \\n \\\"\"", object.texts().get("s"));
  }

  @Test
  void givesMembersOfTheTypeAskedForOnly() throws Exception {
    JsonObject object =
        parse("{\"s\":\"x\",\"e\":\"\",\"n\":null,\"t\":true,\"o\":{\"k\":\"v\"},\"a\":[]}");
    assertEquals(Optional.of("x"), object.string("s"));
    assertEquals(Optional.empty(), object.string("e"));
    assertEquals(Optional.empty(), object.string("n"));
    assertEquals(Optional.empty(), object.string("none"));
    assertEquals(Optional.of(true), object.bool("t"));
    assertEquals(Optional.empty(), object.bool("n"));
    assertEquals(Map.of("k", "\"v\""), object.object("o").orElseThrow().texts());
    assertEquals(Optional.empty(), object.object("n"));
    assertEquals(ErrorCode.PARAMETER_INVALID, error(() -> object.string("t")));
    assertEquals(ErrorCode.PARAMETER_INVALID, error(() -> object.bool("s")));
    assertEquals(ErrorCode.PARAMETER_INVALID, error(() -> object.object("a")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "x",
        "1",
        "\"x\"",
        "[]",
        "null",
        "{",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{\"a\":[1}",
        "{\"a\":{\"b\":1}",
        "{'a':1}",
        "{\"a\":NaN}",
        "{\"a\":01}",
        "{\"a\":1}{}",
        "{\"a\":1} x",
        "{\"a\":1,\"a\":2}",
        "{\"a\":{\"b\":1,\"b\":2}}",
        "{\"a\":\"\\ud800\"}",
        "{\"a\":{\"\\udc00\":1}}",
        "{\"a\":\"\n\"}",
        "\ufeff{}"
      })
  void refusesWhatIsNoJsonObject(String text) {
    assertEquals(ErrorCode.PARAMETER_MALFORMED, error(() -> parse(text)));
  }

  @Test
  void refusesOtherEncodingsThanUtf8() {
    for (byte[] body :
        List.of(
            "{\"a\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1),
            "{\"a\":1}".getBytes(StandardCharsets.UTF_16),
            "{\"a\":1}".getBytes(StandardCharsets.UTF_16LE))) {
      assertEquals(ErrorCode.PARAMETER_MALFORMED, error(() -> JsonObject.parse(body)));
    }
  }

  @Test
  void refusesDepthAndLengthsBeyondReason() throws Exception {
    assertEquals(1, parse("{\"a\":" + "[".repeat(31) + "]".repeat(31) + "}").texts().size());
    assertEquals("1e2147483647", parse("{\"a\":1e2147483647}").texts().get("a"));
    for (String body :
        List.of(
            "{\"a\":" + "[".repeat(32) + "]".repeat(32) + "}",
            "{\"a\":" + "[".repeat(300_000),
            "{\"" + "k".repeat(1025) + "\":1}",
            "{\"a\":" + "1".repeat(1001) + "}",
            "{\"a\":1e2147483648}",
            "{\"a\":[1.5E-99999999999]}")) {
      assertEquals(ErrorCode.PARAMETER_MALFORMED, error(() -> parse(body)));
    }
  }

  @Test
  void saysWhereTheMistakeIsAndNothingOfTheParser() {
    RefusedException refusal =
        assertThrows(RefusedException.class, () -> parse("{\"a\": 1,\n \"secret\": oops}"));
    assertTrue(
        refusal.getMessage().matches("The body is no valid JSON \\(line 2, column \\d+\\)\\."),
        refusal.getMessage());
  }

  private static JsonObject parse(String text) throws RefusedException {
    return JsonObject.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  private static ErrorCode error(org.junit.jupiter.api.function.Executable step) {
    return assertThrows(RefusedException.class, step).error();
  }
}
