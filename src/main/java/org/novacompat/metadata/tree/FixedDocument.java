// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.novacompat.metadata.instance.Common;

/**
 * The same bytes for every request.
 *
 * @param contentType what the bytes are
 * @param content the bytes, shared and never changed
 */
record FixedDocument(ContentType contentType, byte[] content) implements Document, Reply {
  private static final int LONGEST_COMMON = 1024;
  private static final int OWN_BYTES = 48;

  static FixedDocument text(String text) {
    return new FixedDocument(ContentType.TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  /** A text that many instances show, in memory once for all of them. */
  static FixedDocument commonText(String text) {
    FixedDocument document = text(text);
    return document.length() > LONGEST_COMMON ? document : Common.one(document);
  }

  @Override
  public int length() {
    return content.length;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    out.write(content);
  }

  @Override
  public Answer to(Optional<String> callerAddress) {
    return this;
  }

  @Override
  public int bytes() {
    return Common.isShared(this) ? 0 : OWN_BYTES + content.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FixedDocument that
        && contentType == that.contentType
        && Arrays.equals(content, that.content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }
}
