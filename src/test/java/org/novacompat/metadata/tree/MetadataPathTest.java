// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataPathTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "/latest/meta-data > /latest/meta-data",
        "/latest/meta-data/ > /latest/meta-data",
        "/latest//meta-data > /latest/meta-data",
        "/latest/./meta-data/. > /latest/meta-data",
        "/latest/x/../meta-data > /latest/meta-data",
        "/../../latest > /latest",
        "/latest/.. > /",
        "latest > /latest",
        "'' > /",
        ".. > /",
        "//latest/x > /latest/x",
        "//latest/.. > /",
        "///latest > /latest",
        "////latest//x/ > /latest/x",
        "/.hidden/..x > /.hidden/..x",
        "/... > /...",
      })
  void isNormalisedAsPosixpathDoesButForTwoLeadingSlashes(String path, String normalised) {
    assertEquals(normalised, MetadataPath.of(path).normalised());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "//", "///", "/.", "/..", "/latest/..", "/./", "////.."})
  void isRootWhenASlashComesDownToASlash(String path) {
    assertTrue(MetadataPath.of(path).isRoot());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", ".", "/latest", "x/.."})
  void isNotRootOtherwise(String path) {
    assertFalse(MetadataPath.of(path).isRoot());
  }

  @Test
  void isAValue() {
    assertEquals(MetadataPath.of("/latest"), MetadataPath.of("/latest/"));
    assertEquals(MetadataPath.of("/latest").hashCode(), MetadataPath.of("/latest/").hashCode());
    assertNotEquals(MetadataPath.of("/"), MetadataPath.of(""));
    assertEquals(MetadataPath.of("/latest"), MetadataPath.of("//latest"));
  }
}
