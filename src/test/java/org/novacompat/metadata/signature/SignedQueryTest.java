// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SignedQueryTest {
  @Test
  void encodesAllThatIsNotUnreserved() {
    assertEquals(
        "k=a%20b%2Fc%2Ad~e%2Bf%3D%C3%A9-_.",
        SignedQuery.of(new TreeMap<>(Map.of("k", "a b/c*d~e+f=\u00e9-_."))));
  }

  @Test
  void readsWhatWasSentSortedByKeyWhateverItsValues() {
    assertEquals(List.of("a=9&a-b=2&ab=1"), List.copyOf(SignedQuery.readings("ab=1&a-b=2&&a=9")));
  }

  @Test
  void readsAnEncodedSlashAsPythonLeavesIt() {
    assertEquals(
        List.of("k=a%2Fb+c", "k=a%2Fb%20c", "k=a/b%20c"),
        List.copyOf(SignedQuery.readings("k=a%2Fb+c")));
  }

  @Test
  void readsABrokenEscapeAsItIs() {
    assertEquals(List.of("a=1&k=%zz"), List.copyOf(SignedQuery.readings("k=%zz&a=1")));
  }

  @Test
  void thereMayBeNone() {
    assertEquals(List.of(""), List.copyOf(SignedQuery.readings("")));
  }
}
