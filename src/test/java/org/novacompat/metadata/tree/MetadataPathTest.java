// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataPathTest {
  private static final GuestTrees TREES = Guest.trees(Guest.SETTINGS);

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
    assertEquals(normalised, MetadataPath.normalise(path));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "//", "///", "/.", "/..", "/latest/..", "/./", "////.."})
  void isPublicWhenASlashComesDownToASlash(String path) {
    assertTrue(TREES.route(path).publicDocument().isPresent());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", ".", "/latest", "x/.."})
  void isNotPublicOtherwise(String path) {
    assertFalse(TREES.route(path).publicDocument().isPresent());
  }
}
