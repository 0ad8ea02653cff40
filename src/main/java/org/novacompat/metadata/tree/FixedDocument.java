// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * The same bytes for every request.
 *
 * @param contentType what the bytes are
 * @param content the bytes, shared and never changed
 * @param isShareable whether another instance may well have an equal one
 */
record FixedDocument(ContentType contentType, byte[] content, boolean isShareable)
    implements Document {
  @Override
  public int length() {
    return content.length;
  }

  @Override
  public int bytes() {
    return OBJECT_BYTES + content.length;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    out.write(content);
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
