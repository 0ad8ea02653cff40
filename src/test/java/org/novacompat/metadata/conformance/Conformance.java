// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.conformance;

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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.novacompat.metadata.conformance.ConformanceRecording.Answer;
import org.novacompat.metadata.conformance.ConformanceRecording.Cell;
import org.novacompat.metadata.conformance.ConformanceRecording.Difference;
import org.novacompat.metadata.conformance.ConformanceRecording.Guest;

/**
 * nova's recorded answers: the files in {@code src/test/resources/conformance}, of which most say
 * how they differ from a base ({@code src/test/conformance/recordings.py}).
 */
public final class Conformance {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Conformance() {}

  /** All recordings, by name. */
  public static List<ConformanceRecording> recordings() throws IOException {
    try (Stream<Path> files = Files.list(directory())) {
      final Map<String, JsonNode> written = new TreeMap<>();
      for (final Path file : files.filter(path -> path.toString().endsWith(".json")).toList()) {
        final JsonNode json = JSON.readTree(file.toFile());
        written.put(json.required("shape").textValue(), json);
      }
      final Map<String, ConformanceRecording> bases = new HashMap<>();
      final List<ConformanceRecording> recordings = new ArrayList<>();
      for (final JsonNode json : written.values()) {
        recordings.add(
            json.has("base")
                ? derived(
                    json,
                    bases.computeIfAbsent(
                        json.get("base").textValue(), base -> whole(written.get(base))))
                : whole(json));
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
  public static List<Difference> differencesEverywhere() throws IOException {
    final Path file = directory().resolve("cloud").resolve("differences.json");
    return elements(JSON.readTree(file.toFile())).map(Conformance::difference).toList();
  }

  private static ConformanceRecording whole(JsonNode json) {
    return new ConformanceRecording(
        json.required("shape").textValue(),
        json.required("why").textValue(),
        cell(json.required("cell")),
        guest(json.required("guest")),
        differences(json),
        rows(json.required("rows")),
        answers(json));
  }

  /** What the file does not say is as in the base, but for the names. */
  private static ConformanceRecording derived(JsonNode json, ConformanceRecording base) {
    final String shape = json.required("shape").textValue();
    final Guest guest = derivedGuest(json.required("guest"), base.guest());
    final ShapeNames.Translation names =
        new ShapeNames.Translation(
            Map.of(base.guest().instance(), guest.instance(), base.shape(), shape));
    final ConformanceRecording recording =
        new ConformanceRecording(
            shape,
            json.required("why").textValue(),
            json.has("cell") ? cell(json.get("cell")) : base.cell(),
            guest,
            differences(json),
            derivedRows(json, base, names),
            answers(json));
    return recording.including(inherited(base, recording));
  }

  private static Guest derivedGuest(JsonNode json, Guest base) {
    return new Guest(
        json.required("instance").textValue(),
        json.path("tenant").asText(base.tenant()),
        json.has("address")
            ? Optional.ofNullable(json.get("address").textValue())
            : base.address());
  }

  private static Map<String, List<Map<String, Object>>> derivedRows(
      JsonNode json, ConformanceRecording base, ShapeNames.Translation names) {
    final Map<String, List<Map<String, Object>>> rows = new LinkedHashMap<>();
    base.rows()
        .forEach(
            (table, found) ->
                rows.put(table, found.stream().map(row -> translated(row, names)).toList()));
    rows.putAll(rows(json.path("rows")));
    json.path("columns")
        .properties()
        .forEach(
            table -> {
              final Map<String, Object> row = new LinkedHashMap<>(rows.get(table.getKey()).get(0));
              row.putAll(row(table.getValue()));
              row.values().removeIf(Objects::isNull);
              rows.put(table.getKey(), List.of(Collections.unmodifiableMap(row)));
            });
    rows.values().removeIf(List::isEmpty);
    return Collections.unmodifiableMap(rows);
  }

  private static Map<String, Object> translated(
      Map<String, Object> row, ShapeNames.Translation names) {
    final Map<String, Object> translated = new LinkedHashMap<>(row);
    translated.replaceAll((column, value) -> value instanceof String text ? names.in(text) : value);
    return Collections.unmodifiableMap(translated);
  }

  /** The base's answers to what is asked in the usual way, where there are no others. */
  private static List<Answer> inherited(ConformanceRecording base, ConformanceRecording recording) {
    final ShapeNames.Translation names = ShapeNames.of(base).to(ShapeNames.of(recording));
    final Set<String> others =
        recording.answers().stream()
            .filter(Answer::isAskedAsUsual)
            .flatMap(answer -> answer.paths().stream())
            .collect(Collectors.toSet());
    return base.answers().stream()
        .filter(Answer::isAskedAsUsual)
        .map(
            answer ->
                answer
                    .with(names.in(answer.body()))
                    .on(answer.paths().stream().filter(path -> !others.contains(path)).toList()))
        .filter(answer -> !answer.paths().isEmpty())
        .toList();
  }

  private static Cell cell(JsonNode json) {
    return Cell.valueOf(json.textValue().toUpperCase(Locale.ROOT));
  }

  private static Guest guest(JsonNode json) {
    return new Guest(
        json.required("instance").textValue(),
        json.required("tenant").textValue(),
        Optional.ofNullable(json.required("address").textValue()));
  }

  private static List<Difference> differences(JsonNode json) {
    return elements(json.path("differences")).map(Conformance::difference).toList();
  }

  private static Difference difference(JsonNode json) {
    return new Difference(
        Optional.ofNullable(json.path("method").textValue()),
        paths(json.path("paths")),
        Optional.ofNullable(json.path("like").textValue()),
        words(json.path("replacing")),
        elements(json.path("without")).map(JsonNode::textValue).toList(),
        answers(json),
        json.required("why").textValue());
  }

  private static Map<String, String> words(JsonNode json) {
    final Map<String, String> words = new LinkedHashMap<>();
    json.properties().forEach(word -> words.put(word.getKey(), word.getValue().textValue()));
    return Collections.unmodifiableMap(words);
  }

  /** An answer for each method, caller and {@code Accept} header of those written together. */
  private static List<Answer> answers(JsonNode json) {
    final List<Answer> answers = new ArrayList<>();
    for (final JsonNode together : json.path("answers")) {
      for (final Optional<String> method : alternatives(together, "method", "GET")) {
        for (final Optional<String> caller : alternatives(together, "caller", "guest")) {
          for (final Optional<String> accept : alternatives(together, "accept", null)) {
            answers.add(
                answer(
                    together,
                    method.orElseThrow(),
                    RecordedCaller.of(caller.orElseThrow()),
                    accept));
          }
        }
      }
    }
    return answers;
  }

  private static List<Optional<String>> alternatives(JsonNode answer, String name, String usual) {
    final JsonNode given = answer.path(name);
    return given.isArray()
        ? elements(given).map(one -> Optional.ofNullable(one.textValue())).toList()
        : List.of(Optional.ofNullable(given.asText(usual)));
  }

  private static Answer answer(
      JsonNode json, String method, RecordedCaller caller, Optional<String> accept) {
    return new Answer(
        method,
        caller,
        accept,
        json.required("status").intValue(),
        Optional.ofNullable(json.path("type").textValue()),
        body(json),
        paths(json.required("paths")));
  }

  private static byte[] body(JsonNode json) {
    if (json.has("base64")) {
      return Base64.getDecoder().decode(json.get("base64").textValue());
    }
    final String text =
        json.has("json") ? JsonDumps.of(json.get("json")) : json.path("body").asText("");
    return text.getBytes(StandardCharsets.UTF_8);
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
    json.properties().forEach(column -> columns.put(column.getKey(), value(column.getValue())));
    return Collections.unmodifiableMap(columns);
  }

  /** A serialized column is written as what is in it. */
  private static Object value(JsonNode json) {
    return json.isContainerNode()
        ? JsonDumps.of(json)
        : json.isNumber() ? json.numberValue() : json.textValue();
  }

  private static Stream<JsonNode> elements(JsonNode json) {
    return StreamSupport.stream(json.spliterator(), false);
  }
}
