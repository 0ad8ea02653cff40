// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova.custommetadata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.function.IntPredicate;
import org.novacompat.metadata.nova.objects.JsonField;
import org.novacompat.metadata.nova.objects.UnreadableObjectException;

/**
 * A value of custom metadata, and the table that can hold it.
 *
 * @param table nova's for a string that it can hold, else the custom one
 * @param text what to write there: the string itself, or the JSON text
 */
record MetadataValue(MetadataTable table, String text) {
  /** What {@code instance_metadata.value} can hold, in characters. */
  private static final int MAX_LENGTH_FOR_NOVA = 255;

  private static final int ESCAPED_LENGTH = 6;
  private static final int LAST_OF_ASCII = 0x7f;

  /**
   * Reads a value.
   *
   * @param json a JSON text
   * @throws IllegalArgumentException when it is not JSON
   */
  static MetadataValue of(String json) {
    JsonNode value = parse(json);
    return value.isTextual() && novaHolds(value.textValue())
        ? new MetadataValue(MetadataTable.NOVA, value.textValue())
        : new MetadataValue(MetadataTable.CUSTOM, withoutLoneSurrogates(json));
  }

  /** The same value for tables that hold no more than ASCII: a JSON text can do with that. */
  MetadataValue inAscii() {
    boolean isAscii = text.chars().allMatch(c -> c <= LAST_OF_ASCII);
    String json = table == MetadataTable.NOVA ? TextNode.valueOf(text).toString() : text;
    return isAscii
        ? this
        : new MetadataValue(MetadataTable.CUSTOM, escaped(json, c -> c > LAST_OF_ASCII));
  }

  private static JsonNode parse(String json) {
    try {
      return JsonField.parseExactly("the value", json).node();
    } catch (UnreadableObjectException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** Nova's column is utf8mb3: it has no room for what UTF-16 writes in two. */
  private static boolean novaHolds(String text) {
    return text.length() <= MAX_LENGTH_FOR_NOVA && text.chars().noneMatch(MetadataValue::isHalf);
  }

  private static boolean isHalf(int c) {
    return Character.isSurrogate((char) c);
  }

  /** Half a character stands in a JSON string alone, where it may as well be escaped. */
  private static String withoutLoneSurrogates(String json) {
    return escaped(json, MetadataValue::isLone);
  }

  /** A JSON text with some of its characters, which stand in strings alone, as escapes. */
  private static String escaped(String json, IntPredicate escapes) {
    if (json.codePoints().noneMatch(escapes)) {
      return json;
    }
    StringBuilder escaped = new StringBuilder(json.length() + ESCAPED_LENGTH);
    json.codePoints()
        .forEach(
            c -> {
              if (escapes.test(c)) {
                Character.toString(c)
                    .chars()
                    .forEach(half -> escaped.append("\\u%04x".formatted(half)));
              } else {
                escaped.appendCodePoint(c);
              }
            });
    return escaped.toString();
  }

  private static boolean isLone(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }
}
