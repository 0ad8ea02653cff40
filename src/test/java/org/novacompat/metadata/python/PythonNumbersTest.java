// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.python;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Expected values are those of Python 3.11. */
class PythonNumbersTest {
  @Test
  void whatUnicodeCallsASpaceIsLeftOut() {
    assertEquals(2, PythonNumbers.integer("\u000b2\f").intValueExact());
    assertEquals(2, PythonNumbers.integer("\u00a0\u0662").intValueExact());
    assertEquals(2.0, PythonNumbers.real("\u000b2\f"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u001d2", "2\u001d", "\u001d\u0662", "\u0085\u001f2"})
  void theSeparatorsOfAsciiAreNoSpaces(String text) {
    assertThrows(IllegalArgumentException.class, () -> PythonNumbers.integer(text));
    assertThrows(IllegalArgumentException.class, () -> PythonNumbers.real(text));
  }
}
