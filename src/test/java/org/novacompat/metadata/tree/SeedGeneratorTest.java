// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeedGeneratorTest {
  /** More than one key makes, and more than come before the system is asked again. */
  private static final int SEEDS = 5_000;

  @Test
  void neverGivesASeedTwice() {
    SeedGenerator one = new SeedGenerator();
    SeedGenerator other = new SeedGenerator();
    Set<String> starts = ConcurrentHashMap.newKeySet();
    IntStream.range(0, SEEDS)
        .parallel()
        .forEach(i -> starts.add(seed(i % 2 == 0 ? one : other).substring(0, 40)));
    assertEquals(SEEDS, starts.size());
  }

  @Test
  void fills512Bytes() {
    SeedGenerator generator = new SeedGenerator();
    for (int i = 0; i < 20; i++) {
      assertEquals(512, Base64.getDecoder().decode(seed(generator)).length);
    }
  }

  @Test
  void everyBitOfASeedIsAsOftenSetAsNot() {
    SeedGenerator generator = new SeedGenerator();
    int[] set = new int[512 * 8];
    for (int i = 0; i < SEEDS; i++) {
      byte[] bytes = Base64.getDecoder().decode(seed(generator));
      for (int bit = 0; bit < set.length; bit++) {
        set[bit] += bytes[bit / 8] >> (bit % 8) & 1;
      }
    }
    double sevenDeviations = 7 * Math.sqrt(SEEDS) / 2;
    for (int count : set) {
      assertTrue(Math.abs(count - SEEDS / 2) < sevenDeviations, count + " of " + SEEDS);
    }
  }

  private static String seed(SeedGenerator generator) {
    byte[] seed = new byte[RandomSeed.LENGTH];
    generator.next(Base64.getEncoder(), seed);
    return new String(seed, StandardCharsets.US_ASCII);
  }
}
