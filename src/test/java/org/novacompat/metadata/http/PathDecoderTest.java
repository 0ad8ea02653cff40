// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathDecoderTest {
  @ParameterizedTest
  @CsvSource({
    "/latest,/latest",
    "//latest/../x/,//latest/../x/",
    "/a%2db,/a-b",
    "/%e6%9d%b1,/東",
    "/a;b=c,/a;b=c",
    "/+,/+",
    "/%41,/A",
  })
  void decodesEscapesOnceAndNothingElse(String raw, String path) {
    assertEquals(Optional.of(path), PathDecoder.decode(raw));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/%", "/%4", "/%zz", "/%ff", "/%e6%9d"})
  void refusesBrokenEscapesAndBytesThatAreNoText(String raw) {
    assertEquals(Optional.empty(), PathDecoder.decode(raw));
  }
}
