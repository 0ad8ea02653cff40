// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree;

import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The random seed of meta_data.json: 512 bytes of a cryptographic generator, in base64.
 *
 * <p>A generator serves one thread at a time, so there are several, and threads are spread over
 * them.
 */
final class RandomSeed {
  /** The seed's length in base64 characters. */
  static final int LENGTH = 684;

  private static final int BYTES = 512;
  private static final SecureRandom[] GENERATORS = generators();

  private RandomSeed() {}

  /** Gives a fresh seed of {@link #LENGTH} ASCII characters. */
  static byte[] next() {
    byte[] seed = new byte[BYTES];
    int mine = (int) Thread.currentThread().getId() & (GENERATORS.length - 1);
    GENERATORS[mine].nextBytes(seed);
    return Base64.getEncoder().encode(seed);
  }

  private static SecureRandom[] generators() {
    int processors = Runtime.getRuntime().availableProcessors();
    SecureRandom[] generators = new SecureRandom[4 * Integer.highestOneBit(processors)];
    for (int i = 0; i < generators.length; i++) {
      generators[i] = generator();
    }
    return generators;
  }

  private static SecureRandom generator() {
    try {
      return SecureRandom.getInstance("DRBG");
    } catch (NoSuchAlgorithmException e) {
      return new SecureRandom();
    }
  }
}
