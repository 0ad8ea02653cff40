// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The same bytes for every request.
 *
 * @param contentType what the bytes are
 * @param bytes the bytes, shared and never changed
 */
record FixedDocument(ContentType contentType, byte[] bytes) implements Document, Reply {
  static FixedDocument text(String text) {
    return new FixedDocument(ContentType.TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public int length() {
    return bytes.length;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    out.write(bytes);
  }

  @Override
  public Answer to(Optional<String> callerAddress) {
    return this;
  }
}
