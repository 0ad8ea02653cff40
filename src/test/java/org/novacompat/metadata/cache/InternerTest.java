// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.novacompat.metadata.instance.Instance;
import org.novacompat.metadata.instance.Instances;
import org.novacompat.metadata.instance.KeyPair;
import org.novacompat.metadata.tree.Directory;
import org.novacompat.metadata.tree.Document;
import org.openjdk.jol.info.GraphLayout;

class InternerTest {
  static {
    System.setProperty("jol.magicFieldOffset", "true"); // records hide where their fields are
    System.setProperty("jol.tryWithSudo", "false");
  }

  private static final long MAX_BYTES = 256 << 10;
  private static final double TOLERANCE = 0.25;

  private final Interner interner = new Interner(MAX_BYTES);

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 400, 65_536})
  void directoriesTakeNoMoreThanTheMost(int length) {
    assertBounded(number -> interner.intern(directory(4, number, length)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 512, 65_536})
  void documentsTakeNoMoreThanTheMost(int length) {
    assertBounded(number -> interner.intern(Document.commonText(number + "x".repeat(length))));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 300, 1_000, 65_536})
  void keysTakeNoMoreThanTheMost(int length) {
    assertBounded(number -> interner.intern("u", withKey(number + "\u4e2d".repeat(length))));
  }

  private void assertBounded(IntFunction<?> intern) {
    for (int number = 0; number < 5_000; number++) {
      intern.apply(number);
    }
    assertTrue(interner.bytes() <= MAX_BYTES);
    double bytes = GraphLayout.parseInstance(interner).totalSize();
    assertTrue(bytes <= (1 + TOLERANCE) * MAX_BYTES, () -> "takes " + bytes);
  }

  @Test
  void largeValuesStayOutside() {
    Directory large = directory(4, 1, 65_536);
    assertSame(large, interner.intern(large));
    assertNotSame(interner.intern(large), interner.intern(directory(4, 1, 65_536)));
    assertEquals(0, interner.bytes());
  }

  @Test
  void equalKeysAreInMemoryOnceUnlessTheyAreLong() {
    assertSame(interned("k".repeat(400)), interned("k".repeat(400)));
    assertNotSame(interned("k".repeat(4_000)), interned("k".repeat(4_000)));
  }

  private String interned(String key) {
    return interner.intern("u", withKey(key)).keyPair().orElseThrow().publicKey().orElseThrow();
  }

  @Test
  void onlyFewAndShortDocumentsAreShareable() {
    assertTrue(directory(4, 1, 400).isShareable());
    assertFalse(directory(5, 1, 1).isShareable());
    assertFalse(directory(1, 1, 65_536).isShareable());
    assertFalse(directoryOfNames(300).isShareable());
  }

  private static Instance withKey(String key) {
    return Instances.typical()
        .keyPair(new KeyPair("k", "ssh", Optional.of(new StringBuilder(key).toString())))
        .build();
  }

  private static Directory directory(int documents, int number, int length) {
    SortedMap<String, String> texts = new TreeMap<>();
    for (int document = 0; document < documents; document++) {
      texts.put("name" + document, number + "x".repeat(length));
    }
    return Directory.ofCommonTexts(texts);
  }

  private static Directory directoryOfNames(int length) {
    SortedMap<String, String> texts = new TreeMap<>();
    texts.put("a".repeat(length), "");
    texts.put("b".repeat(length), "");
    return Directory.ofCommonTexts(texts);
  }
}
