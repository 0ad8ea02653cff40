// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree;

import java.io.IOException;
import java.io.OutputStream;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A document with a random seed in it ({@code nova/api/metadata/base.py: _metadata_as_json}): 512
 * bytes of a cryptographic generator in base64, fresh each time the document is written.
 *
 * @param contentType what the bytes are
 * @param frame what is before and after the seed, joined; shared and never changed
 * @param seedAt how many bytes of the frame come before the seed
 */
record SeededDocument(ContentType contentType, byte[] frame, int seedAt) implements Document {
  private static final int SEED_BYTES = 512;
  private static final int ENTROPY_BYTES = 48;

  /** The seed's length in base64 characters. */
  private static final int SEED_LENGTH = 684;

  /** One for each thread, as each serves one thread at a time. */
  private static final ThreadLocal<SecureRandom> RANDOM =
      ThreadLocal.withInitial(SeededDocument::generator);

  @Override
  public int length() {
    return frame.length + SEED_LENGTH;
  }

  @Override
  public int bytes() {
    return OBJECT_BYTES + frame.length;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    byte[] seed = new byte[SEED_BYTES];
    RANDOM.get().nextBytes(seed);
    out.write(frame, 0, seedAt);
    out.write(Base64.getEncoder().encode(seed));
    out.write(frame, seedAt, frame.length - seedAt);
  }

  /**
   * Makes a generator of NIST SP 800-90A. Its seed comes from the default one, which reads {@code
   * /dev/urandom}: by itself it would read {@code /dev/random}, which may block.
   */
  private static SecureRandom generator() {
    byte[] entropy = new byte[ENTROPY_BYTES];
    new SecureRandom().nextBytes(entropy);
    try {
      SecureRandom generator = SecureRandom.getInstance("DRBG");
      generator.setSeed(entropy);
      return generator;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has a DRBG", e);
    }
  }
}
