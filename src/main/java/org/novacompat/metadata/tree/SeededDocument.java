// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * The same bytes for every request but for a random seed within them, which is fresh each time the
 * document is written.
 *
 * @param contentType what the bytes are
 * @param frame what is before and after the seed, joined; shared and never changed
 * @param seedAt how many bytes of the frame come before the seed
 */
record SeededDocument(ContentType contentType, byte[] frame, int seedAt)
    implements Document, Reply {
  private static final int OWN_BYTES = 48;

  @Override
  public int length() {
    return frame.length + RandomSeed.LENGTH;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    out.write(frame, 0, seedAt);
    out.write(RandomSeed.next());
    out.write(frame, seedAt, frame.length - seedAt);
  }

  @Override
  public int bytes() {
    return OWN_BYTES + frame.length;
  }

  @Override
  public Answer to(Optional<String> callerAddress) {
    return this;
  }
}
