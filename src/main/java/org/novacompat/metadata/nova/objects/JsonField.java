// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova.objects;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.novacompat.metadata.instance.Device.Setting;

/**
 * A JSON value that knows where in its column it stands, and that is read as Python would read it:
 * a missing value is not null, and anything has a truth.
 *
 * @param path such as {@code network_info[0].network.subnets}
 * @param node the value; a missing node where the field was never set
 */
public record JsonField(String path, JsonNode node) {
  private static final ObjectReader READER =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  private static final ObjectReader EXACT_READER =
      READER.with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  /**
   * Parses a column, as strictly as Python's {@code json.loads}.
   *
   * @throws UnreadableObjectException when it is not JSON
   */
  static JsonField parse(String column, String json) throws UnreadableObjectException {
    return parse(READER, column, json);
  }

  /**
   * Parses a column whose numbers are to be shown as they are, every digit.
   *
   * @throws UnreadableObjectException when it is not JSON, or a number's exponent is too large
   */
  public static JsonField parseExactly(String column, String json)
      throws UnreadableObjectException {
    return parse(EXACT_READER, column, json);
  }

  private static JsonField parse(ObjectReader reader, String column, String json)
      throws UnreadableObjectException {
    try {
      JsonNode root = reader.readTree(json);
      if (root.isMissingNode()) {
        throw new UnreadableObjectException(column + " is empty");
      }
      return new JsonField(column, root);
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      int character = e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
      throw new UnreadableObjectException(
          column + " is not JSON: line " + line + ", column " + character);
    } catch (NumberFormatException e) {
      throw new UnreadableObjectException(column + " has a number whose exponent is too large");
    }
  }

  /** A member of this object; unset when the object does not have it. */
  JsonField get(String name) throws UnreadableObjectException {
    if (!node.isObject()) {
      throw unlike("an object");
    }
    return new JsonField(path + "." + name, node.path(name));
  }

  /** What a versioned object holds ({@code nova_object.data}). */
  JsonField data() throws UnreadableObjectException {
    JsonField data = get("nova_object.data");
    if (!data.node.isObject()) {
      throw data.unlike("an object");
    }
    return new JsonField(path, data.node);
  }

  /** The kind of a versioned object ({@code nova_object.name}). */
  String kind() throws UnreadableObjectException {
    JsonField name = get("nova_object.name");
    return name.onlyText().orElseThrow(() -> name.unlike("text"));
  }

  boolean isSet() {
    return !node.isMissingNode();
  }

  /** This field, null or not. */
  JsonField required() throws UnreadableObjectException {
    if (!isSet()) {
      throw unlike("set");
    }
    return this;
  }

  /** Python's truth of a value; what was never set is false. */
  boolean isTrue() {
    return switch (node.getNodeType()) {
      case BOOLEAN -> node.booleanValue();
      case NUMBER -> node.doubleValue() != 0;
      case STRING -> !node.textValue().isEmpty();
      case ARRAY, OBJECT -> !node.isEmpty();
      default -> false;
    };
  }

  List<JsonField> elements() throws UnreadableObjectException {
    if (!node.isArray()) {
      throw unlike("a list");
    }
    List<JsonField> elements = new ArrayList<>(node.size());
    for (JsonNode element : node) {
      elements.add(new JsonField(path + "[" + elements.size() + "]", element));
    }
    return elements;
  }

  /** As Python's {@code value or []}. */
  List<JsonField> elementsIfTrue() throws UnreadableObjectException {
    return isTrue() ? elements() : List.of();
  }

  /** Text; a number or a boolean as Python prints it, as versioned objects accept them. */
  String text() throws UnreadableObjectException {
    if (node.isBoolean()) {
      return node.booleanValue() ? "True" : "False";
    }
    if (!node.isTextual() && !node.isNumber()) {
      throw unlike("text");
    }
    return node.asText();
  }

  /** Text; empty for null and for what was never set. */
  Optional<String> textIfAny() throws UnreadableObjectException {
    return node.isNull() || !isSet() ? Optional.empty() : Optional.of(text());
  }

  /** Text and nothing else; empty for null and for what was never set. */
  Optional<String> onlyText() throws UnreadableObjectException {
    if (isSet() && !node.isNull() && !node.isTextual()) {
      throw unlike("text");
    }
    return Optional.ofNullable(node.textValue());
  }

  /** A nullable text field that may never have been set. */
  Setting setting() throws UnreadableObjectException {
    return isSet() ? new Setting(true, textIfAny()) : Setting.UNSET;
  }

  /** As Python's {@code int(value)}. */
  int integer() throws UnreadableObjectException {
    if (node.isBoolean()) {
      return node.booleanValue() ? 1 : 0;
    }
    if (node.isNumber() && node.canConvertToInt()) {
      return node.intValue();
    }
    try {
      return Integer.parseInt(node.isTextual() ? node.textValue().strip() : "");
    } catch (NumberFormatException e) {
      throw unlike("an integer");
    }
  }

  UnreadableObjectException unlike(String expected) {
    String found = isSet() ? node.getNodeType().name().toLowerCase(Locale.ROOT) : "unset";
    return new UnreadableObjectException(path + " should be " + expected + " and is " + found);
  }
}
