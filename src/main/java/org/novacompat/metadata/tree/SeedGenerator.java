// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A cryptographic generator of random seeds: the key stream of AES-256 in counter mode, with fast
 * key erasure. Each key makes one batch, whose first bytes are the next key and take its place at
 * once; and what was given out is wiped. So nothing that is kept tells of an earlier seed. Every so
 * often the next key is mixed with fresh bytes of the system's generator, from which the first one
 * comes.
 */
final class SeedGenerator {
  /** A seed's length in bytes. */
  static final int SEED_BYTES = 512;

  private static final int KEY_BYTES = 32;
  private static final int SEEDS_IN_A_BATCH = 8;
  private static final int BATCHES_FROM_ONE_SOURCE = 256;

  /** Counting starts at zero: no key is used for a second batch. */
  private static final IvParameterSpec FROM_ZERO = new IvParameterSpec(new byte[16]);

  private static final byte[] ZEROS = new byte[KEY_BYTES + SEEDS_IN_A_BATCH * SEED_BYTES];
  private static final SecureRandom SYSTEM = new SecureRandom();

  private final Cipher cipher = cipher();
  private final byte[] batch = new byte[ZEROS.length];
  private final byte[] seed = new byte[SEED_BYTES];
  private int used;
  private int batches;

  /** Takes its first key from the system. */
  SeedGenerator() {
    takeKey();
    refill();
  }

  /**
   * Writes a fresh seed.
   *
   * @param encoder how
   * @param encoded where to, from the start
   */
  synchronized void next(Base64.Encoder encoder, byte[] encoded) {
    if (used == batch.length) {
      refill();
    }
    System.arraycopy(batch, used, seed, 0, SEED_BYTES);
    Arrays.fill(batch, used, used + SEED_BYTES, (byte) 0);
    used += SEED_BYTES;
    encoder.encode(seed, encoded);
    Arrays.fill(seed, (byte) 0);
  }

  private void refill() {
    try {
      cipher.doFinal(ZEROS, 0, ZEROS.length, batch, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES makes no key stream", e);
    }
    takeKey();
    used = KEY_BYTES;
  }

  /** Gives the cipher the key at the start of the batch, which before the first is all zeros. */
  private void takeKey() {
    if (batches % BATCHES_FROM_ONE_SOURCE == 0) {
      mixIn(SYSTEM);
    }
    batches++;
    try {
      cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(batch, 0, KEY_BYTES, "AES"), FROM_ZERO);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES takes no key of 256 bits", e);
    }
    Arrays.fill(batch, 0, KEY_BYTES, (byte) 0);
  }

  private void mixIn(SecureRandom source) {
    byte[] fresh = new byte[KEY_BYTES];
    source.nextBytes(fresh);
    for (int i = 0; i < KEY_BYTES; i++) {
      batch[i] ^= fresh[i];
    }
    Arrays.fill(fresh, (byte) 0);
  }

  private static Cipher cipher() {
    try {
      return Cipher.getInstance("AES/CTR/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no AES in counter mode", e);
    }
  }
}
