// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A directory with documents that the table does not name.
 *
 * @param listing their names, one a line
 * @param documents the documents by name
 */
record Folder(Document listing, Map<String, Document> documents) implements Reply {
  static Folder of(SortedMap<String, Document> documents) {
    return new Folder(Document.text(String.join("\n", documents.keySet())), documents);
  }

  static Folder ofTexts(SortedMap<String, String> texts) {
    SortedMap<String, Document> documents = new TreeMap<>();
    texts.forEach((name, text) -> documents.put(name, Document.text(text)));
    return of(documents);
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
}
