// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Optional;

/** Makes JSON values of the model's. */
public final class JsonNodes {
  /** Makes nodes. */
  public static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private JsonNodes() {}

  /** Makes a string. */
  public static JsonNode nullable(Optional<String> value) {
    return value.<JsonNode>map(JSON::textNode).orElseGet(JSON::nullNode);
  }

  /** Makes an integer. */
  public static JsonNode nullableInt(Optional<Integer> value) {
    return value.<JsonNode>map(JSON::numberNode).orElseGet(JSON::nullNode);
  }
}
