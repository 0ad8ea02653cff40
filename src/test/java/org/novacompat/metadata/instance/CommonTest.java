// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.instance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CommonTest {
  @Test
  void isTheSameForAllEqualValues() {
    Optional<String> first = Common.text(Optional.of(fresh("a common zone")));
    assertSame(first, Common.text(Optional.of(fresh("a common zone"))));
    assertEquals(Optional.of("another zone"), Common.text(Optional.of("another zone")));
    assertSame(Optional.empty(), Common.text(Optional.empty()));
  }

  @Test
  void isSharedFromTheSecondOwnerOn() {
    List<String> alone = List.of("a route that nobody else has");
    assertSame(alone, Common.list(alone));
    assertFalse(Common.isShared(alone));
    Common.list(List.of("a route that nobody else has"));
    assertTrue(Common.isShared(alone));
  }

  @Test
  void keepsTextApartFromWhatHoldsIt() {
    String text = Common.text(fresh("both a text and an optional"));
    assertEquals(Optional.of(text), Common.text(Optional.of(text)));
    assertEquals("both a text and an optional", Common.text(fresh("both a text and an optional")));
  }

  @Test
  void leavesLongTextAlone() {
    Common.text("x".repeat(1025));
    String again = "x".repeat(1025);
    assertSame(again, Common.text(again));
  }

  @Test
  void forgetsRatherThanGrows() {
    Optional<String> first = Common.text(Optional.of("to be forgotten"));
    for (int i = 0; i < 1_000_000; i++) {
      Common.one(Optional.of(i));
    }
    assertNotSame(first, Common.text(Optional.of(fresh("to be forgotten"))));
  }

  @Test
  void instancesOfOneProjectShareWhatTheyHaveInCommon() {
    Instance one = Instances.typical().projectId(fresh("project-7")).build();
    Instance other = Instances.typical().projectId(fresh("project-7")).build();
    assertSame(one.projectId(), other.projectId());
    assertSame(one.keyPair().orElseThrow().publicKey(), other.keyData());
  }

  private static String fresh(String text) {
    return new StringBuilder(text).toString();
  }
}
