// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A file of options as MySQL's and MariaDB's own client libraries read it, which mysqlclient leaves
 * it to: of what is there twice the last counts, {@code _} in a name is {@code -}, groups are named
 * in any case, {@code #} outside of quotes ends a line, a backslash in a value escapes, {@code
 * !include} and {@code !includedir} lead to more files, and what is no option is skipped.
 */
final class MysqlOptionFile implements ClientOptions.Source {
  /** As deep as files may include each other. */
  private static final int MAX_DEPTH = 10;

  private static final Pattern GROUP = Pattern.compile("\\[([^]]+)].*");
  private static final Pattern OPTION = Pattern.compile("([^=]+?)\\s*=\\s*(.*)");
  private static final Pattern ESCAPE = Pattern.compile("\\\\([ntrbs\"'\\\\])");
  private static final String ESCAPED = "ntrbs";
  private static final String MEANT = "\n\t\r\b ";

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
    return Optional.ofNullable(
            groups.getOrDefault(group.toLowerCase(Locale.ROOT), Map.of()).get(option))
        .filter(value -> !value.isEmpty());
  }

  private void take(String text, int depth) {
    String group = "";
    for (String raw : text.split("\r\n|\r|\n", -1)) {
      String line = raw.strip();
      Matcher header = GROUP.matcher(line);
      Matcher option = OPTION.matcher(withoutComment(line).strip());
      if (line.startsWith("!") && depth < MAX_DEPTH) {
        include(line, depth + 1);
      } else if (header.matches()) {
        group = header.group(1).stripTrailing().toLowerCase(Locale.ROOT);
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

  private static String withoutComment(String line) {
    char quote = 0;
    boolean isEscaped = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote == 0 && c == '#') {
        return line.substring(0, i);
      }
      if (!isEscaped && quote == 0 && (c == '\'' || c == '"')) {
        quote = c;
      } else if (!isEscaped && c == quote) {
        quote = 0;
      }
      isEscaped = quote != 0 && c == '\\' && !isEscaped;
    }
    return line;
  }

  private static String value(String text) {
    int last = text.length() - 1;
    boolean isQuoted =
        last > 0
            && text.charAt(0) == text.charAt(last)
            && (text.startsWith("'") || text.startsWith("\""));
    return ESCAPE
        .matcher(isQuoted ? text.substring(1, last) : text)
        .replaceAll(escape -> Matcher.quoteReplacement(meant(escape.group(1))));
  }

  private static String meant(String escaped) {
    int index = ESCAPED.indexOf(escaped);
    return index < 0 ? escaped : MEANT.substring(index, index + 1);
  }
}
