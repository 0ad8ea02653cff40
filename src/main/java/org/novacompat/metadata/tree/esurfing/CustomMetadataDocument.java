// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree.esurfing;

import static org.novacompat.metadata.tree.JsonNodes.JSON;
import static org.novacompat.metadata.tree.JsonNodes.nullable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.novacompat.metadata.instance.Instance;
import org.novacompat.metadata.python.PythonJson;
import org.novacompat.metadata.tree.ContentType;
import org.novacompat.metadata.tree.Directory;
import org.novacompat.metadata.tree.Document;
import org.novacompat.metadata.tree.Node;

/**
 * An instance's custom metadata: what nova's table holds, then {@code nova_compat_custom_metadata}.
 */
final class CustomMetadataDocument {
  /** What the last segment of a path can be. */
  private static final Pattern NAME = Pattern.compile("(?!\\.{1,2}$)[^/\n]+");

  private CustomMetadataDocument() {}

  /** Makes one JSON object of all; an empty one when there is none. */
  static Node all(Instance instance) {
    return json(values(instance));
  }

  /** Makes a directory with a document for each; those whose key no path can name are left out. */
  static Optional<Supplier<Node>> each(Instance instance) {
    return instance.metadata().isEmpty() && instance.customMetadata().isEmpty()
        ? Optional.empty()
        : Optional.of(() -> directory(values(instance)));
  }

  private static Directory directory(ObjectNode values) {
    SortedMap<String, Document> documents = new TreeMap<>();
    values.properties().stream()
        .filter(entry -> NAME.matcher(entry.getKey()).matches())
        .forEach(entry -> documents.put(entry.getKey(), document(entry.getValue())));
    return Directory.of(documents);
  }

  private static Document document(JsonNode value) {
    return value.isTextual() ? Document.text(value.textValue()) : json(value);
  }

  private static Document json(JsonNode value) {
    return Document.of(ContentType.JSON, PythonJson.write(value));
  }

  private static ObjectNode values(Instance instance) {
    ObjectNode values = JSON.objectNode();
    instance.metadata().forEach((key, value) -> values.set(key, nullable(value)));
    instance.customMetadata().forEach((key, text) -> values.set(key, parsed(key, text)));
    return values;
  }

  private static JsonNode parsed(String key, String text) {
    try {
      return PythonJson.readExactly(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the custom metadata " + key + " is not JSON", e);
    }
  }
}
