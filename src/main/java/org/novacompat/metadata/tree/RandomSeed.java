// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree;

import java.util.Base64;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The random seed of meta_data.json: 512 bytes of a cryptographic generator, in base64.
 *
 * <p>A generator serves one thread at a time, so there are many, and threads are spread over them.
 */
final class RandomSeed {
  /** The seed's length in base64 characters. */
  static final int LENGTH = 684;

  /** A power of two, and more than there are threads that answer guests on a usual host. */
  private static final int MOST_GENERATORS = 64;

  private static final AtomicReferenceArray<SeedGenerator> GENERATORS =
      new AtomicReferenceArray<>(MOST_GENERATORS);

  private RandomSeed() {}

  /** Gives a fresh seed of {@link #LENGTH} ASCII characters. */
  static byte[] next() {
    byte[] seed = new byte[LENGTH];
    generator((int) Thread.currentThread().getId() & (MOST_GENERATORS - 1))
        .next(Base64.getEncoder(), seed);
    return seed;
  }

  private static SeedGenerator generator(int mine) {
    SeedGenerator known = GENERATORS.get(mine);
    if (known != null) {
      return known;
    }
    GENERATORS.compareAndSet(mine, null, new SeedGenerator());
    return GENERATORS.get(mine);
  }
}
