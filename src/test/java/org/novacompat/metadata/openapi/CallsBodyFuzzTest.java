// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.novacompat.metadata.fixture.PythonOracle;

/** Any body is an object whose members are kept as written, or refused in a sentence. */
class CallsBodyFuzzTest {
  @FuzzTest
  void isAnObjectOrRefused(byte[] body) throws Exception {
    JsonObject object;
    try {
      object = JsonObject.parse(body);
    } catch (RefusedException e) {
      assertRefusal(e);
      return;
    }
    String printed = printed(object);
    assertEquals(object, JsonObject.parse(printed.getBytes(StandardCharsets.UTF_8)));
    PythonOracle.ask("json", new String(body, StandardCharsets.UTF_8))
        .ifPresent(answer -> assertEquals(answer, PythonOracle.ask("json", printed).orElseThrow()));
    for (String name : object.names()) {
      readMember(object, name);
    }
  }

  private static void readMember(JsonObject object, String name) {
    try {
      object.string(name);
    } catch (RefusedException e) {
      assertEquals(name + " must be a string.", e.getMessage());
    }
    try {
      object.bool(name);
    } catch (RefusedException e) {
      assertEquals(name + " must be true or false.", e.getMessage());
    }
    try {
      object.object(name);
    } catch (RefusedException e) {
      assertEquals(name + " must be an object.", e.getMessage());
    }
  }

  private static void assertRefusal(RefusedException refusal) {
    assertEquals(ErrorCode.PARAMETER_MALFORMED, refusal.error());
    assertTrue(refusal.getMessage().matches("[\\x20-\\x7e]{1,300}"), refusal.getMessage());
  }

  private static String printed(JsonObject object) {
    return object.texts().entrySet().stream()
        .map(member -> quoted(member) + ":" + member.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String quoted(Map.Entry<String, String> member) {
    return "\""
        + member.getKey().chars().mapToObj("\\u%04x"::formatted).collect(Collectors.joining())
        + "\"";
  }
}
