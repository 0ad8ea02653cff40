// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.python;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is expected is what Python 3.11 gave for the same. */
class PythonBase64Test {
  @ParameterizedTest
  @CsvSource({
    "'',''",
    "aGVsbG8=,hello",
    "'aGVs\nbG8=\n',hello",
    "aGVsbG8===,hello",
    "aGVsbG8=aGVsbG8=,hello",
    "aGVs!!bG8*=,hello",
    "aGVsbG=8=,hello",
    "'aGVsbG=8b','hello\u001b'",
    "====,''",
    "=aGVs,hel",
    "!!!!,''",
  })
  void readsWhatPythonReads(String text, String expected) throws Exception {
    assertEquals(expected, new String(PythonBase64.decode(text), StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "aGVsbG8", "aGVsbG", "aGVsb", "a===", "aGVsbG8ü=", "aG=V"})
  void refusesWhatPythonRefuses(String text) {
    assertThrows(IllegalArgumentException.class, () -> PythonBase64.decode(text));
  }

  @Test
  void readsWhatIsWrittenByTheBook() throws Exception {
    Random random = new Random(1);
    for (int length = 0; length < 100; length++) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      assertArrayEquals(bytes, PythonBase64.decode(Base64.getEncoder().encodeToString(bytes)));
    }
  }
}
