// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A directory whose documents are not in a tree's table but come from the instance.
 *
 * @param listing their names, one a line
 * @param documents the documents by name
 */
public record Directory(Document listing, Map<String, Document> documents) implements Node {
  /** So few, such as block devices, are the same for many instances. */
  private static final int MAX_SHAREABLE_DOCUMENTS = 4;

  /** A name's place among the documents. */
  private static final int NAME_BYTES = 96;

  /** Lists documents by name. */
  public static Directory of(SortedMap<String, Document> documents) {
    return new Directory(Document.text(String.join("\n", documents.keySet())), documents);
  }

  /** Lists plain texts by name, which many instances have in common. */
  public static Directory ofCommonTexts(SortedMap<String, String> texts) {
    SortedMap<String, Document> documents = new TreeMap<>();
    texts.forEach((name, text) -> documents.put(name, Document.commonText(text)));
    return new Directory(Document.commonText(String.join("\n", texts.keySet())), documents);
  }

  @Override
  public Lookup lookup(Optional<String> callerAddress) {
    return listing;
  }

  @Override
  public boolean isShareable() {
    return documents.size() <= MAX_SHAREABLE_DOCUMENTS
        && listing.isShareable()
        && documents.values().stream().allMatch(Document::isShareable);
  }

  @Override
  public int bytes() {
    int bytes = NAME_BYTES + listing.bytes();
    for (Map.Entry<String, Document> entry : documents.entrySet()) {
      bytes += NAME_BYTES + 2 * entry.getKey().length() + entry.getValue().bytes();
    }
    return bytes;
  }

  @Override
  public Lookup child(String name) {
    Document document = documents.get(name);
    return document == null ? Lookup.NOT_FOUND : document;
  }
}
