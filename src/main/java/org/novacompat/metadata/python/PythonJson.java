// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.python;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;

/**
 * JSON as Python reads and writes it ({@code json.load} and {@code json.dumps} by way of {@code
 * oslo_serialization.jsonutils}): {@code ", "} and {@code ": "} between the parts, ASCII only, keys
 * in the order of insertion, floats by their shortest representation, {@code NaN} and {@code
 * Infinity} allowed. A key that is read twice has its last value at its first place.
 */
public final class PythonJson {
  /** How deep Python's parser goes before it hits its recursion limit, about. */
  private static final int MAX_DEPTH = 990;

  /** How many digits Python reads as an integer. */
  private static final int MAX_DIGITS = 4300;

  private static final String HEX = "0123456789abcdef";
  private static final JsonMapper READER = reader();
  private static final JsonMapper EXACT_READER =
      READER
          .rebuild()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private PythonJson() {}

  /**
   * Reads a document.
   *
   * @param utf8 the document; no other encoding is read, and no byte order mark
   * @return its value
   * @throws CharacterCodingException when it is not UTF-8
   * @throws JsonProcessingException when it is not JSON, with line and column
   */
  public static JsonNode read(byte[] utf8)
      throws CharacterCodingException, JsonProcessingException {
    String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    return READER.readValue(text, JsonNode.class);
  }

  /**
   * Reads a document whose numbers are to be written as they are, every digit, where Python would
   * round them to a float.
   *
   * @param text the document
   * @return its value
   * @throws JsonProcessingException when it is not JSON
   */
  public static JsonNode readExactly(String text) throws JsonProcessingException {
    return EXACT_READER.readValue(text, JsonNode.class);
  }

  /**
   * Writes a value.
   *
   * @param value the value
   * @return its text, in ASCII
   */
  public static byte[] write(JsonNode value) {
    StringBuilder out = new StringBuilder(256);
    append(value, out);
    return out.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void append(JsonNode value, StringBuilder out) {
    switch (value.getNodeType()) {
      case OBJECT -> appendObject(value, out);
      case ARRAY -> appendArray(value, out);
      case STRING -> appendString(value.textValue(), out);
      case NUMBER -> appendNumber(value, out);
      default -> out.append(value.asText());
    }
  }

  private static void appendObject(JsonNode object, StringBuilder out) {
    out.append('{');
    String separator = "";
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      out.append(separator);
      appendString(entry.getKey(), out);
      out.append(": ");
      append(entry.getValue(), out);
      separator = ", ";
    }
    out.append('}');
  }

  private static void appendArray(JsonNode array, StringBuilder out) {
    out.append('[');
    for (Iterator<JsonNode> elements = array.elements(); elements.hasNext(); ) {
      append(elements.next(), out);
      if (elements.hasNext()) {
        out.append(", ");
      }
    }
    out.append(']');
  }

  private static void appendNumber(JsonNode number, StringBuilder out) {
    if (number.isIntegralNumber()) {
      out.append(number.asText());
    } else if (number.isBigDecimal()) {
      out.append(number.decimalValue());
    } else {
      out.append(PythonFloat.json(number.doubleValue()));
    }
  }

  private static void appendString(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      appendCharacter(text.charAt(i), out);
    }
    out.append('"');
  }

  private static void appendCharacter(char c, StringBuilder out) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        if (c >= ' ' && c <= '~') {
          out.append(c);
        } else {
          appendEscape(c, out);
        }
      }
    }
  }

  private static void appendEscape(char c, StringBuilder out) {
    out.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      out.append(HEX.charAt(c >> shift & 0xf));
    }
  }

  private static JsonMapper reader() {
    JsonMapper mapper =
        JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    mapper
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxNumberLength(MAX_DIGITS)
                .maxStringLength(Integer.MAX_VALUE)
                .build());
    return mapper;
  }
}
