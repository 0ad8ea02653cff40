// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.liberty;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Open Liberty 26.0.0.3 answers the paths of the second test with a page of its own. */
class RequestPathTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/latest/meta-data/",
        "//latest//./meta-data/../meta-data",
        "/a/..",
        "/a/../",
        "/a//..",
        "/...",
        "/..a",
        "/%2e",
        "/%25",
        "/%c3%a9",
        "/%ff",
        "/a;b=c/d",
        "/a;",
        "/;a",
        "/a.;b"
      })
  void isLeftToApplications(String path) {
    assertTrue(RequestPath.isUsable(path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/%",
        "/%2",
        "/%zz",
        "/%u1234",
        "/a\u0001",
        "/a\u007f",
        "/%00",
        "/%0a",
        "/%7f",
        "/..",
        "/../",
        "/a/../..",
        "/%2e%2E",
        "/..%2Fa",
        "/.;a",
        "/a/..;b",
        "/;a/b",
        "/a/;/b",
        "/%3b/a"
      })
  void isRefusedByTheWebContainer(String path) {
    assertFalse(RequestPath.isUsable(path));
  }
}
