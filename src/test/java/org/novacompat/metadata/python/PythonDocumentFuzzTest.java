// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.python;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.novacompat.metadata.fixture.PythonOracle;

/** A text is read and written as Python does, and its first bytes as a float. */
class PythonDocumentFuzzTest {
  /** Jackson refuses one in a key, where Python takes it; nova writes none. */
  private static final Pattern LONE_LOW_SURROGATE =
      Pattern.compile("(?i)(?<!\\\\ud[89ab][0-9a-f]{2})\\\\ud[c-f][0-9a-f]{2}");

  @FuzzTest
  void isReadAndWrittenAsPythonDoes(byte[] document) {
    Optional<String> rewritten = rewritten(document);
    rewritten.ifPresent(
        text -> assertEquals(rewritten, rewritten(text.getBytes(StandardCharsets.US_ASCII))));
    String text = new String(document, StandardCharsets.UTF_8);
    if (document.length == text.getBytes(StandardCharsets.UTF_8).length
        && !LONE_LOW_SURROGATE.matcher(text).find()) {
      PythonOracle.ask("json", text)
          .ifPresent(answer -> assertEquals(answer.text(), rewritten, text));
    }
    if (document.length >= Double.BYTES) {
      assertFloat(ByteBuffer.wrap(document).getDouble());
    }
  }

  private static Optional<String> rewritten(byte[] document) {
    try {
      return Optional.of(
          new String(PythonJson.write(PythonJson.read(document)), StandardCharsets.US_ASCII));
    } catch (CharacterCodingException | JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static void assertFloat(double number) {
    String written = PythonFloat.json(number);
    if (Double.isFinite(number)) {
      assertEquals(number, Double.parseDouble(written));
    }
    PythonOracle.ask("float", "%016x".formatted(Double.doubleToRawLongBits(number)))
        .ifPresent(answer -> assertEquals(answer.text().orElseThrow(), written));
  }
}
