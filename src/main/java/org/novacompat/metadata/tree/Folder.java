// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.novacompat.metadata.instance.Common;

/**
 * A directory with documents that the table does not name.
 *
 * @param listing their names, one a line
 * @param documents the documents by name
 */
record Folder(Document listing, Map<String, Document> documents) implements Reply {
  /** So few, such as block devices, are the same for many instances. */
  private static final int MOST_IN_COMMON = 4;

  private static final int OWN_BYTES = 72;
  private static final int BYTES_OF_AN_ENTRY = 144;

  static Folder of(SortedMap<String, Document> documents) {
    return new Folder(Document.text(String.join("\n", documents.keySet())), documents);
  }

  static Folder ofTexts(SortedMap<String, String> texts) {
    SortedMap<String, Document> documents = new TreeMap<>();
    texts.forEach((name, text) -> documents.put(name, Document.text(text)));
    return documents.size() > MOST_IN_COMMON ? of(documents) : Common.one(of(documents));
  }

  @Override
  public Answer to(Optional<String> callerAddress) {
    return listing;
  }

  @Override
  public Answer child(String name) {
    Document document = documents.get(name);
    return document == null ? Answer.NOT_FOUND : document;
  }

  @Override
  public int bytes() {
    if (Common.isShared(this)) {
      return 0;
    }
    int texts = documents.values().stream().mapToInt(Document::length).sum();
    return OWN_BYTES + BYTES_OF_AN_ENTRY * (1 + documents.size()) + listing.length() + texts;
  }
}
