// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree;

import java.io.IOException;
import java.io.OutputStream;

/** A rendered document: bytes and their type. Safe to keep and to write from many threads. */
public sealed interface Document extends Answer
    permits FixedDocument, SeededDocument, UserDataDocument {
  /**
   * Says what the bytes are.
   *
   * @return the type
   */
  ContentType contentType();

  /**
   * Says how much {@link #writeTo} writes.
   *
   * @return the number of bytes
   */
  int length();

  /**
   * Writes the document.
   *
   * @param out where to; neither flushed nor closed
   * @throws IOException when it cannot be written
   */
  void writeTo(OutputStream out) throws IOException;

  /**
   * Makes a plain text.
   *
   * @param text the text
   * @return the text as UTF-8
   */
  static Document text(String text) {
    return FixedDocument.text(text);
  }

  /**
   * Makes a document of bytes that are not changed afterwards.
   *
   * @param contentType what the bytes are
   * @param bytes the bytes, not copied
   * @return the document
   */
  static Document of(ContentType contentType, byte[] bytes) {
    return new FixedDocument(contentType, bytes);
  }
}
