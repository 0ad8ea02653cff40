// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.openapi;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.novacompat.metadata.signature.SignedQuery;

/**
 * A JSON object from a stranger, members in the order in which they were sent: the parameters of a
 * call.
 *
 * <p>White space between tokens goes; all else stays as it was written, the digits of every number
 * included. Names that come twice, depth, and sizes and exponents beyond reason are refused.
 *
 * @param node the object; its numbers are raw values
 */
record JsonObject(ObjectNode node) {
  private static final int MAX_DEPTH = 32;
  private static final int MAX_NAME_LENGTH = 1024;
  private static final int MAX_NUMBER_LENGTH = 1000;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNameLength(MAX_NAME_LENGTH)
                  .maxNumberLength(MAX_NUMBER_LENGTH)
                  .build())
          .build();

  /**
   * Reads a body.
   *
   * @param utf8 the body
   * @throws RefusedException when it is no JSON object in UTF-8, or beyond the limits
   */
  static JsonObject parse(byte[] utf8) throws RefusedException {
    if (utf8.length == 0) {
      throw malformed("The body is empty; it must be a JSON object.");
    }
    try (JsonParser json = JSON.createParser(decode(utf8))) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw malformed("The body must be a JSON object.");
      }
      ObjectNode object = object(json);
      if (json.nextToken() != null) {
        throw malformed("Something follows the JSON object in the body.");
      }
      return new JsonObject(object);
    } catch (StreamConstraintsException e) {
      throw malformed(
          ("The body is nested deeper than %d levels, has a name longer than %d characters or a"
                  + " number of more than %d digits.")
              .formatted(MAX_DEPTH, MAX_NAME_LENGTH, MAX_NUMBER_LENGTH));
    } catch (JsonProcessingException e) {
      throw malformed(problem(e));
    } catch (IOException e) {
      throw new IllegalStateException("a text in memory is not readable", e);
    }
  }

  /**
   * Reads a query, as an object of strings.
   *
   * @param query the query as it was sent, still encoded; empty when there is none
   * @throws RefusedException when an escape is broken or a name comes twice
   */
  static JsonObject ofQuery(String query) throws RefusedException {
    ObjectNode object = NODES.objectNode();
    try {
      for (Map.Entry<String, String> parameter : SignedQuery.parameters(query)) {
        String name = parameter.getKey();
        if (object.has(name)) {
          throw new RefusedException(
              ErrorCode.PARAMETER_INVALID,
              InstanceReference.shown(name) + " is there more than once.");
        }
        object.put(name, parameter.getValue());
      }
    } catch (IllegalArgumentException e) {
      throw new RefusedException(ErrorCode.REQUEST_MALFORMED, "The query has a broken escape.");
    }
    return new JsonObject(object);
  }

  /** The names of the members. */
  Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** The members as JSON texts by name. */
  Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    node.properties().forEach(member -> texts.put(member.getKey(), member.getValue().toString()));
    return texts;
  }

  /**
   * A member that must be a string.
   *
   * @return the string; empty when it is missing, null or empty
   * @throws RefusedException when it is anything else
   */
  Optional<String> string(String name) throws RefusedException {
    return member(name, JsonNode::isTextual, "a string")
        .map(JsonNode::textValue)
        .filter(value -> !value.isEmpty());
  }

  /**
   * A member that must be true or false.
   *
   * @return what it is; empty when it is missing or null
   * @throws RefusedException when it is anything else
   */
  Optional<Boolean> bool(String name) throws RefusedException {
    return member(name, JsonNode::isBoolean, "true or false").map(JsonNode::booleanValue);
  }

  /**
   * A member that must be an object.
   *
   * @return the object; empty when it is missing or null
   * @throws RefusedException when it is anything else
   */
  Optional<JsonObject> object(String name) throws RefusedException {
    return member(name, JsonNode::isObject, "an object")
        .map(member -> new JsonObject((ObjectNode) member));
  }

  private Optional<JsonNode> member(String name, Predicate<JsonNode> isRight, String expected)
      throws RefusedException {
    Optional<JsonNode> member =
        Optional.ofNullable(node.get(name)).filter(value -> !value.isNull());
    if (member.isPresent() && !isRight.test(member.get())) {
      throw new RefusedException(ErrorCode.PARAMETER_INVALID, name + " must be " + expected + ".");
    }
    return member;
  }

  private static String decode(byte[] utf8) throws RefusedException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw malformed("The body is not UTF-8.");
    }
  }

  private static ObjectNode object(JsonParser json) throws IOException, RefusedException {
    ObjectNode object = NODES.objectNode();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = requireWhole(json.currentName());
      json.nextToken();
      object.set(name, value(json));
    }
    return object;
  }

  private static ArrayNode array(JsonParser json) throws IOException, RefusedException {
    ArrayNode array = NODES.arrayNode();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(json));
    }
    return array;
  }

  private static JsonNode value(JsonParser json) throws IOException, RefusedException {
    return switch (json.currentToken()) {
      case START_OBJECT -> object(json);
      case START_ARRAY -> array(json);
      case VALUE_STRING -> NODES.textNode(requireWhole(json.getText()));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          NODES.rawValueNode(new RawValue(requireReadable(json.getText())));
      case VALUE_TRUE, VALUE_FALSE -> NODES.booleanNode(json.getBooleanValue());
      default -> NODES.nullNode();
    };
  }

  /** Half a pair of surrogates is no character, and has no UTF-8. */
  private static String requireWhole(String text) throws RefusedException {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw malformed("A string in the body has half a surrogate pair.");
    }
    return text;
  }

  /** Guests are shown every digit, which takes a number that a decimal can hold. */
  private static String requireReadable(String number) throws RefusedException {
    try {
      new BigDecimal(number);
      return number;
    } catch (NumberFormatException e) {
      throw malformed("A number in the body has an exponent that is too large.");
    }
  }

  private static String problem(JsonProcessingException e) {
    String what =
        e.getOriginalMessage().startsWith("Duplicate field")
            ? "The body has the same name twice in one object"
            : "The body is no valid JSON";
    return "%s (line %d, column %d)."
        .formatted(what, e.getLocation().getLineNr(), e.getLocation().getColumnNr());
  }

  private static RefusedException malformed(String message) {
    return new RefusedException(ErrorCode.PARAMETER_MALFORMED, message);
  }
}
