// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PathPatternTest {
  @Test
  void aPathWithoutBracesIsItself() {
    assertEquals(List.of("/latest/../x"), new PathPattern("/latest/../x").paths());
  }

  @Test
  void bracesAreEveryCombinationOfTheirAlternatives() {
    assertEquals(List.of("/a/c", "/a", "/b/c", "/b"), new PathPattern("/{a,b}{/c,}").paths());
  }

  @Test
  void twoDotsInBracesAreARunOfEc2Versions() {
    assertEquals(
        List.of("/1.0/x", "/2007-01-19/x", "/2009-04-04/x", "/latest/x"),
        new PathPattern("/{1.0..2007-01-19,2009-04-04..latest}/x").paths());
  }

  @Test
  void twoDotsInBracesBelowOpenstackAreARunOfOpenstackVersions() {
    assertEquals(
        List.of("/openstack/2018-08-27", "/openstack/2020-10-14", "/openstack/latest"),
        new PathPattern("/openstack/{2018-08-27..latest}").paths());
  }

  @Test
  void aRunOfUnknownVersionsIsRefused() {
    final PathPattern pattern = new PathPattern("/{1.0..3.0}");
    assertThrows(IllegalArgumentException.class, pattern::paths);
  }
}
