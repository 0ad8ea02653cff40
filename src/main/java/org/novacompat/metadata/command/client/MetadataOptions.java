// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.novacompat.metadata.command.CommandException;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The instance that a call is about, and the metadata that it sets. */
final class MetadataOptions extends InstanceOptions {
  private static final String STANDARD_INPUT = "-";

  @Parameters(
      index = "1..*",
      paramLabel = "KEY=VALUE",
      description = "A value that is a text, whatever it looks like.")
  private List<String> texts = List.of();

  @Option(
      names = "--json",
      paramLabel = "KEY=JSON",
      description = {
        "A value of any kind, as JSON: an object, a list, a number, true, false or null. May be"
            + " given again."
      })
  private List<String> values = List.of();

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "A JSON object with keys and values; - is standard input.")
  private Optional<String> file = Optional.empty();

  /**
   * Gives them as a body.
   *
   * @throws CommandException when the file, or a value, cannot be read
   */
  @Override
  ObjectNode body() {
    ObjectNode body = super.body();
    body.set("metadata", metadata());
    return body;
  }

  private ObjectNode metadata() {
    if (file.isEmpty() && texts.isEmpty() && values.isEmpty()) {
      throw wrong("which metadata? Give KEY=VALUE, --json or --file");
    }
    ObjectNode metadata = file.map(MetadataOptions::readFile).orElseGet(Json::object);
    for (String text : texts) {
      String key = newKey(text, metadata);
      metadata.set(key, TextNode.valueOf(text.substring(key.length() + 1)));
    }
    for (String value : values) {
      String key = newKey(value, metadata);
      metadata.set(key, parse("--json " + key, value.substring(key.length() + 1)));
    }
    return metadata;
  }

  private String newKey(String argument, ObjectNode metadata) {
    int equals = argument.indexOf('=');
    if (equals < 1) {
      throw wrong("'" + argument + "': expected a key, '=' and a value");
    }
    String key = argument.substring(0, equals);
    if (metadata.has(key)) {
      throw wrong("'" + key + "' is given twice");
    }
    return key;
  }

  private static ObjectNode readFile(String name) {
    String what = name.equals(STANDARD_INPUT) ? "standard input" : name;
    try (InputStream in =
        name.equals(STANDARD_INPUT) ? System.in : Files.newInputStream(Path.of(name))) {
      ByteBuffer bytes = ByteBuffer.wrap(in.readAllBytes());
      String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      if (parse(what, text) instanceof ObjectNode metadata) {
        return metadata;
      }
      throw new CommandException(what + ": expected a JSON object with keys and values");
    } catch (CharacterCodingException e) {
      throw new CommandException(what + ": not UTF-8", e);
    } catch (IOException e) {
      throw new CommandException(
          what + ": cannot be read (" + e.getClass().getSimpleName() + ")", e);
    }
  }

  private static JsonNode parse(String what, String text) {
    try {
      return Json.read(text);
    } catch (JsonProcessingException e) {
      throw new CommandException(
          "%s: not JSON, line %d, column %d: %s"
              .formatted(
                  what,
                  e.getLocation().getLineNr(),
                  e.getLocation().getColumnNr(),
                  e.getOriginalMessage().lines().findFirst().orElse("")),
          e);
    } catch (NumberFormatException e) {
      throw new CommandException(what + ": a number's exponent is too large", e);
    }
  }
}
