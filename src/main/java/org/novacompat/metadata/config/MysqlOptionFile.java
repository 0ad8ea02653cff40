// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A file of options as MySQL's and MariaDB's own client libraries read it, which mysqlclient leaves
 * it to: of what is there twice the last counts, {@code _} in a name is {@code -}, {@code #} ends a
 * line, {@code !include} and {@code !includedir} lead to more files, and what is no option is
 * skipped.
 */
final class MysqlOptionFile implements ClientOptions.Source {
  /** As deep as files may include each other. */
  private static final int MAX_DEPTH = 10;

  private static final Pattern GROUP = Pattern.compile("\\[([^]]+)].*");
  private static final Pattern OPTION = Pattern.compile("([^=#]+?)\\s*=\\s*(.*)");
  private static final Pattern VALUE = Pattern.compile("'([^']*)'.*|\"([^\"]*)\".*|([^#]*).*");

  private final Map<String, Map<String, String>> groups = new HashMap<>();

  private MysqlOptionFile() {}

  /** Reads a file's text, and the files that it includes as far as they can be read. */
  static MysqlOptionFile parse(String text) {
    MysqlOptionFile file = new MysqlOptionFile();
    file.take(text, 0);
    return file;
  }

  @Override
  public Optional<String> get(String group, String option) {
    return Optional.ofNullable(groups.getOrDefault(group, Map.of()).get(option))
        .filter(value -> !value.isEmpty());
  }

  private void take(String text, int depth) {
    String group = "";
    for (String raw : text.split("\r\n|\r|\n", -1)) {
      String line = raw.strip();
      Matcher header = GROUP.matcher(line);
      Matcher option = OPTION.matcher(line);
      if (line.startsWith("!") && depth < MAX_DEPTH) {
        include(line, depth + 1);
      } else if (header.matches()) {
        group = header.group(1).strip();
      } else if (!line.startsWith(";") && option.matches()) {
        groups
            .computeIfAbsent(group, name -> new HashMap<>())
            .put(option.group(1).replace('_', '-'), value(option.group(2)));
      }
    }
  }

  private void include(String line, int depth) {
    String[] words = line.split("\\s+", 2);
    if (words.length < 2) {
      return;
    }
    try {
      for (Path file : named(words[0], Path.of(words[1].strip()))) {
        take(ClientOptions.text(file), depth);
      }
    } catch (IOException | IllegalArgumentException e) {
      // the libraries pass over what they cannot read, too
    }
  }

  private static List<Path> named(String directive, Path path) throws IOException {
    if (!directive.equals("!includedir")) {
      return List.of(path);
    }
    try (Stream<Path> files = Files.list(path)) {
      return files.filter(file -> file.toString().endsWith(".cnf")).sorted().toList();
    }
  }

  private static String value(String text) {
    Matcher value = VALUE.matcher(text);
    return value.matches()
        ? Stream.of(1, 2, 3)
            .map(value::group)
            .filter(found -> found != null)
            .findFirst()
            .orElse("")
            .strip()
        : "";
  }
}
