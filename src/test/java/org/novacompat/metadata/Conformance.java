// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.novacompat.metadata.ConformanceRecording.Answer;
import org.novacompat.metadata.ConformanceRecording.Cell;
import org.novacompat.metadata.ConformanceRecording.Difference;
import org.novacompat.metadata.ConformanceRecording.Guest;

/** nova's recorded answers: the files in {@code src/test/resources/conformance}. */
final class Conformance {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int NOT_FOUND = 404;

  private Conformance() {}

  /** All recordings, by name. */
  static List<ConformanceRecording> recordings() throws IOException {
    try (Stream<Path> files = Files.list(directory())) {
      final List<ConformanceRecording> recordings = new ArrayList<>();
      for (final Path file :
          files.filter(path -> path.toString().endsWith(".json")).sorted().toList()) {
        recordings.add(recording(JSON.readTree(file.toFile())));
      }
      return recordings;
    }
  }

  private static Path directory() throws IOException {
    try {
      return Path.of(Conformance.class.getResource("/conformance").toURI());
    } catch (URISyntaxException impossible) {
      throw new IOException(impossible);
    }
  }

  /** Where our answer differs from nova's on purpose, whatever the shape. */
  static List<Difference> differencesEverywhere() throws IOException {
    final Path file = directory().resolve("cloud").resolve("differences.json");
    return elements(JSON.readTree(file.toFile())).map(Conformance::difference).toList();
  }

  /** Reads one file's content. */
  static ConformanceRecording recording(JsonNode json) {
    return new ConformanceRecording(
        json.required("shape").textValue(),
        json.required("why").textValue(),
        Cell.valueOf(json.required("cell").textValue().toUpperCase(Locale.ROOT)),
        guest(json.required("guest")),
        elements(json.path("differences")).map(Conformance::difference).toList(),
        rows(json.required("rows")),
        elements(json.required("answers")).map(Conformance::answer).toList());
  }

  private static Guest guest(JsonNode json) {
    return new Guest(
        json.required("instance").textValue(),
        json.required("tenant").textValue(),
        Optional.ofNullable(json.required("address").textValue()));
  }

  private static Difference difference(JsonNode json) {
    return new Difference(
        Optional.ofNullable(json.path("method").textValue()),
        paths(json.path("paths")),
        Optional.ofNullable(json.path("like").textValue()),
        words(json.path("replacing")),
        elements(json.path("without")).map(JsonNode::textValue).toList(),
        elements(json.path("answers")).map(Conformance::wholeAnswer).toList(),
        json.required("why").textValue());
  }

  private static Map<String, String> words(JsonNode json) {
    final Map<String, String> words = new LinkedHashMap<>();
    json.properties().forEach(word -> words.put(word.getKey(), word.getValue().textValue()));
    return Collections.unmodifiableMap(words);
  }

  /** One that has a body, if an empty one; the body of a 404 is nova's page. */
  private static Answer wholeAnswer(JsonNode json) {
    if (json.required("status").intValue() != NOT_FOUND && !json.has("base64")) {
      json.required("type");
      json.required("body");
    }
    return answer(json);
  }

  private static Answer answer(JsonNode json) {
    return new Answer(
        json.path("method").asText("GET"),
        Caller.of(json.path("caller").asText("guest")),
        Optional.ofNullable(json.path("accept").textValue()),
        json.required("status").intValue(),
        Optional.ofNullable(json.path("type").textValue()),
        body(json),
        paths(json.required("paths")));
  }

  private static byte[] body(JsonNode json) {
    return json.has("base64")
        ? Base64.getDecoder().decode(json.get("base64").textValue())
        : json.path("body").asText("").getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> paths(JsonNode json) {
    return elements(json)
        .flatMap(pattern -> new PathPattern(pattern.textValue()).paths().stream())
        .toList();
  }

  private static Map<String, List<Map<String, Object>>> rows(JsonNode json) {
    final Map<String, List<Map<String, Object>>> tables = new LinkedHashMap<>();
    json.properties()
        .forEach(
            table ->
                tables.put(
                    table.getKey(), elements(table.getValue()).map(Conformance::row).toList()));
    return Collections.unmodifiableMap(tables);
  }

  private static Map<String, Object> row(JsonNode json) {
    final Map<String, Object> columns = new LinkedHashMap<>();
    json.properties()
        .forEach(
            column -> {
              final JsonNode value = column.getValue();
              columns.put(
                  column.getKey(), value.isNumber() ? value.numberValue() : value.textValue());
            });
    return Collections.unmodifiableMap(columns);
  }

  private static Stream<JsonNode> elements(JsonNode json) {
    return StreamSupport.stream(json.spliterator(), false);
  }
}
