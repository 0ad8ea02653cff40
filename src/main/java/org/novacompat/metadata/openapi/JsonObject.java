// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.openapi;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON object from a stranger: its members as JSON texts in the order in which they came.
 *
 * <p>White space between tokens goes; all else stays as it was written, the digits of every number
 * included. Names that come twice, depth, and sizes and exponents beyond reason are refused.
 *
 * @param members JSON texts by name
 */
record JsonObject(Map<String, String> members) {
  private static final int MOST_DEPTH = 32;
  private static final int LONGEST_NAME = 1024;
  private static final int LONGEST_NUMBER = 1000;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MOST_DEPTH)
                  .maxNameLength(LONGEST_NAME)
                  .maxNumberLength(LONGEST_NUMBER)
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
    return parse(decode(utf8));
  }

  /**
   * Reads a text.
   *
   * @throws RefusedException when it is no JSON object, or beyond the limits
   */
  static JsonObject parse(String text) throws RefusedException {
    try (JsonParser json = JSON.createParser(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw malformed("The body must be a JSON object.");
      }
      Map<String, String> members = new LinkedHashMap<>();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = requireWhole(json.currentName());
        json.nextToken();
        members.put(name, text(json));
      }
      if (json.nextToken() != null) {
        throw malformed("Something follows the JSON object in the body.");
      }
      return new JsonObject(Collections.unmodifiableMap(members));
    } catch (StreamConstraintsException e) {
      throw malformed(
          ("The body is nested deeper than %d levels, has a name longer than %d characters or a"
                  + " number of more than %d digits.")
              .formatted(MOST_DEPTH, LONGEST_NAME, LONGEST_NUMBER));
    } catch (JsonProcessingException e) {
      throw malformed(problem(e));
    } catch (IOException e) {
      throw new IllegalStateException("nothing but texts is read or written", e);
    }
  }

  /**
   * A member that must be a string.
   *
   * @return the string; empty when it is not there, null or empty
   * @throws RefusedException when it is anything else
   */
  Optional<String> string(String name) throws RefusedException {
    Optional<String> text = present(name);
    if (text.isEmpty()) {
      return text;
    }
    try (JsonParser json = JSON.createParser(text.get())) {
      if (json.nextToken() != JsonToken.VALUE_STRING) {
        throw invalid(name + " must be a string.");
      }
      return Optional.of(json.getText()).filter(value -> !value.isEmpty());
    } catch (IOException e) {
      throw new IllegalStateException("it was read before", e);
    }
  }

  /**
   * A member that must be true or false.
   *
   * @return what it is; empty when it is not there or null
   * @throws RefusedException when it is anything else
   */
  Optional<Boolean> bool(String name) throws RefusedException {
    Optional<String> text = present(name);
    if (text.isPresent() && !text.get().equals("true") && !text.get().equals("false")) {
      throw invalid(name + " must be true or false.");
    }
    return text.map(Boolean::valueOf);
  }

  /**
   * A member that must be an object.
   *
   * @return the object; empty when it is not there or null
   * @throws RefusedException when it is anything else
   */
  Optional<JsonObject> object(String name) throws RefusedException {
    Optional<String> text = present(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (!text.get().startsWith("{")) {
      throw invalid(name + " must be an object.");
    }
    return Optional.of(parse(text.get()));
  }

  private Optional<String> present(String name) {
    return Optional.ofNullable(members.get(name)).filter(text -> !text.equals("null"));
  }

  private static RefusedException invalid(String message) {
    return new RefusedException(Failure.PARAMETER_INVALID, message);
  }

  private static String decode(byte[] utf8) throws RefusedException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw malformed("The body is not UTF-8.");
    }
  }

  /** The value that the parser is at, up to its end. */
  private static String text(JsonParser from) throws IOException, RefusedException {
    StringWriter text = new StringWriter();
    try (JsonGenerator to = JSON.createGenerator(text)) {
      copyToken(from, to);
      for (int open = change(from); open > 0; open += change(from)) {
        from.nextToken();
        copyToken(from, to);
      }
    }
    return text.toString();
  }

  private static int change(JsonParser at) {
    if (at.currentToken().isStructStart()) {
      return 1;
    }
    return at.currentToken().isStructEnd() ? -1 : 0;
  }

  private static void copyToken(JsonParser from, JsonGenerator to)
      throws IOException, RefusedException {
    switch (from.currentToken()) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> to.writeNumber(requireReadable(from.getText()));
      case VALUE_STRING -> to.writeString(requireWhole(from.getText()));
      case FIELD_NAME -> to.writeFieldName(requireWhole(from.currentName()));
      default -> to.copyCurrentEvent(from);
    }
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
    return new RefusedException(Failure.PARAMETER_MALFORMED, message);
  }
}
