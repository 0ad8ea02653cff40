// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.conformance;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What an answer names an instance by: each shape has its own.
 *
 * @param byMeaning the names, by what they stand for
 */
record ShapeNames(Map<String, String> byMeaning) {
  /** The names of a recording's instance. */
  static ShapeNames of(ConformanceRecording recording) {
    final Map<String, String> names = new LinkedHashMap<>();
    names.put("name", recording.shape());
    names.put("uuid", recording.guest().instance());
    id(recording, "instance_id_mappings")
        .ifPresent(id -> names.put("instance", "i-%08x".formatted(id)));
    id(recording, "s3_images").ifPresent(id -> names.put("image", "ami-%08x".formatted(id)));
    return new ShapeNames(names);
  }

  private static Optional<Object> id(ConformanceRecording recording, String table) {
    return recording.rows().getOrDefault(table, List.of()).stream()
        .findFirst()
        .map(row -> row.get("id"));
  }

  /** From these names to another shape's. */
  Translation to(ShapeNames other) {
    final Map<String, String> words = new LinkedHashMap<>();
    byMeaning.forEach(
        (meaning, name) ->
            Optional.ofNullable(other.byMeaning.get(meaning))
                .ifPresent(instead -> words.put(name, instead)));
    return new Translation(words);
  }

  /**
   * What to write instead of which words.
   *
   * @param words the words
   */
  record Translation(Map<String, String> words) {
    /** These words and more. */
    Translation and(Map<String, String> more) {
      final Map<String, String> all = new LinkedHashMap<>(words);
      all.putAll(more);
      return new Translation(all);
    }

    /** Translates a body whatever its encoding: the names are ASCII. */
    byte[] in(byte[] body) {
      return in(new String(body, StandardCharsets.ISO_8859_1))
          .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Translates a text; a word within a longer one, or within a path, stays. */
    String in(String text) {
      if (words.isEmpty()) {
        return text;
      }
      final String any =
          words.keySet().stream().map(Pattern::quote).collect(Collectors.joining("|"));
      return Pattern.compile("(?<![\\w/-])(?:" + any + ")(?![\\w-])")
          .matcher(text)
          .replaceAll(word -> Matcher.quoteReplacement(words.get(word.group())));
    }
  }
}
