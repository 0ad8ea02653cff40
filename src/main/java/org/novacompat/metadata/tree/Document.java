// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A rendered document: bytes and their type. Safe to keep and to write from many threads. */
public sealed interface Document extends Lookup, Node
    permits FixedDocument, SeededDocument, UserDataDocument {
  /** Listings, zones and keys are that short. */
  int MAX_SHAREABLE_BYTES = 512;

  /** Says what the bytes are. */
  ContentType contentType();

  /** Gives the number of bytes that {@link #writeTo} writes. */
  int length();

  /**
   * Writes the document.
   *
   * @param out where to; neither flushed nor closed
   * @throws IOException when it cannot be written
   */
  void writeTo(OutputStream out) throws IOException;

  @Override
  default Lookup lookup(Optional<String> callerAddress) {
    return this;
  }

  /** Makes a plain text of one instance's own, in UTF-8. */
  static Document text(String text) {
    return of(ContentType.TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Makes a plain text, in UTF-8, that is the same for many instances. */
  static Document commonText(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new FixedDocument(ContentType.TEXT, bytes, bytes.length <= MAX_SHAREABLE_BYTES);
  }

  /** Makes a document of bytes that are not copied, and not changed afterwards. */
  static Document of(ContentType contentType, byte[] bytes) {
    return new FixedDocument(contentType, bytes, false);
  }

  /**
   * Makes a document that holds a random seed, fresh each time it is written.
   *
   * @param contentType what the bytes are
   * @param frame what is before and after the seed, joined; not copied
   * @param seedAt how many bytes of the frame come before the seed
   * @return the document
   */
  static Document seeded(ContentType contentType, byte[] frame, int seedAt) {
    return new SeededDocument(contentType, frame, seedAt);
  }
}
