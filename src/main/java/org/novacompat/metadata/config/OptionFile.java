// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.novacompat.metadata.python.PythonText;

/**
 * A file of options for the clients of MySQL, such as {@code /etc/my.cnf}, as PyMySQL reads it
 * ({@code pymysql/optionfile.py}, on Python's {@code configparser.RawConfigParser}): names in lower
 * case, values perhaps in quotes or missing, indented lines that continue a value, no
 * interpolation, nothing twice, and what is in {@code [DEFAULT]} for every group.
 */
final class OptionFile implements ClientOptions.Source {
  private static final String DEFAULT = "DEFAULT";
  private static final Pattern GROUP = Pattern.compile("\\[(.+)].*");

  private final String path;
  private final Map<String, Map<String, String>> groups = new HashMap<>();
  private final Set<String> seen = new HashSet<>();

  private Optional<String> group = Optional.empty();
  private Optional<String> name = Optional.empty();
  private int indentation;
  private int line;

  private OptionFile(String path) {
    this.path = path;
  }

  /**
   * Reads a file's text.
   *
   * @param path where it is, for messages
   * @throws IllegalArgumentException when it is not of that form; the message names file and line,
   *     and shows nothing of what is there
   */
  static OptionFile parse(String path, String text) {
    OptionFile file = new OptionFile(path);
    for (String raw : text.split("\r\n|\r|\n", -1)) {
      file.line++;
      file.take(raw);
    }
    return file;
  }

  @Override
  public Optional<String> get(String wanted, String option) {
    Map<String, String> options = groups.get(wanted);
    if (options == null) {
      return Optional.empty();
    }
    Map<String, String> defaults = groups.getOrDefault(DEFAULT, Map.of());
    return Optional.ofNullable(options.getOrDefault(option, defaults.get(option)))
        .map(value -> unquoted(PythonText.stripRight(value)))
        .filter(value -> !value.isEmpty());
  }

  private void take(String raw) {
    String text = PythonText.strip(raw);
    if (text.startsWith("#") || text.startsWith(";")) {
      return;
    }
    if (text.isEmpty()) {
      name.ifPresent(this::continueWithNothing);
      return;
    }
    int indented = raw.length() - PythonText.stripLeft(raw).length();
    if (name.isPresent() && indented > indentation) {
      continueValue(text);
      return;
    }
    indentation = indented;
    Matcher header = GROUP.matcher(text);
    if (header.matches()) {
      startGroup(header.group(1));
    } else {
      startOption(text);
    }
  }

  private void continueWithNothing(String option) {
    groups.get(group.orElseThrow()).computeIfPresent(option, (same, value) -> value + "\n");
  }

  private void continueValue(String text) {
    Map<String, String> options = groups.get(group.orElseThrow());
    if (options.computeIfPresent(name.orElseThrow(), (same, value) -> value + "\n" + text)
        == null) {
      throw problem("an indented line continues an option that has no value");
    }
  }

  private void startGroup(String header) {
    if (!header.equals(DEFAULT) && groups.containsKey(header)) {
      throw problem("the group is there twice");
    }
    groups.putIfAbsent(header, new HashMap<>());
    group = Optional.of(header);
    name = Optional.empty();
  }

  private void startOption(String text) {
    if (group.isEmpty()) {
      throw problem("a line stands before the first group");
    }
    String[] parts = text.split("[=:]", 2);
    String known = PythonText.strip(parts[0]).toLowerCase(Locale.ROOT);
    if (known.isEmpty()) {
      throw problem("an option has no name");
    }
    if (!seen.add(group.get() + "\n" + known)) {
      throw problem("the option is there twice");
    }
    name = Optional.of(known);
    groups.get(group.get()).put(known, parts.length < 2 ? null : PythonText.strip(parts[1]));
  }

  private static String unquoted(String value) {
    boolean quoted =
        value.length() >= 2
            && value.charAt(0) == value.charAt(value.length() - 1)
            && (value.startsWith("'") || value.startsWith("\""));
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  private IllegalArgumentException problem(String sentence) {
    return new IllegalArgumentException(path + ":" + line + ": " + sentence);
  }
}
