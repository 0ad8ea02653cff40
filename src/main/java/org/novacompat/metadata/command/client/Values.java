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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The metadata that a call brings along, as the command line gives it. */
final class Values {
  private static final String STANDARD_INPUT = "-";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--json",
      paramLabel = "KEY=JSON",
      description = {
        "A value of any kind, as JSON: an object, a list, a number, true, false or null. May be given"
            + " again."
      })
  private List<String> values = List.of();

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "A JSON object with keys and values; - is standard input.")
  private Optional<String> file = Optional.empty();

  /**
   * Gives them all.
   *
   * @param texts those that are given as {@code KEY=VALUE}
   * @throws ClientException when the file cannot be read
   */
  ObjectNode read(List<String> texts) throws ClientException {
    if (file.isEmpty() && texts.isEmpty() && values.isEmpty()) {
      throw Usage.wrong(command, "which metadata? Give KEY=VALUE, --json or --file");
    }
    ObjectNode metadata = file.isPresent() ? readFile(file.get()) : Json.object();
    for (String text : texts) {
      add(metadata, text, TextNode::valueOf);
    }
    for (String value : values) {
      add(metadata, value, json -> parse("--json " + keyOf(value), json));
    }
    return metadata;
  }

  /** What makes a value of what follows the first equals sign. */
  @FunctionalInterface
  private interface Form {
    JsonNode of(String text) throws ClientException;
  }

  private void add(ObjectNode metadata, String argument, Form form) throws ClientException {
    String key = keyOf(argument);
    if (metadata.has(key)) {
      throw Usage.wrong(command, "'" + key + "' is given twice");
    }
    metadata.set(key, form.of(argument.substring(key.length() + 1)));
  }

  private String keyOf(String argument) {
    int equals = argument.indexOf('=');
    if (equals < 1) {
      throw Usage.wrong(command, "'" + argument + "': expected a key, '=' and a value");
    }
    return argument.substring(0, equals);
  }

  private static ObjectNode readFile(String name) throws ClientException {
    String what = name.equals(STANDARD_INPUT) ? "standard input" : name;
    if (parse(what, text(name, what)) instanceof ObjectNode metadata) {
      return metadata;
    }
    throw new ClientException(what + ": expected a JSON object with keys and values");
  }

  private static String text(String name, String what) throws ClientException {
    try (InputStream in =
        name.equals(STANDARD_INPUT) ? System.in : Files.newInputStream(Path.of(name))) {
      ByteBuffer bytes = ByteBuffer.wrap(in.readAllBytes());
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new ClientException(what + ": not UTF-8");
    } catch (IOException e) {
      throw new ClientException(what + ": cannot be read (" + e.getClass().getSimpleName() + ")");
    }
  }

  private static JsonNode parse(String what, String text) throws ClientException {
    try {
      return Json.read(text);
    } catch (JsonProcessingException e) {
      throw new ClientException(
          "%s: not JSON, line %d, column %d: %s"
              .formatted(
                  what,
                  e.getLocation().getLineNr(),
                  e.getLocation().getColumnNr(),
                  e.getOriginalMessage().lines().findFirst().orElse("")));
    } catch (NumberFormatException e) {
      throw new ClientException(what + ": a number's exponent is too large");
    }
  }
}
