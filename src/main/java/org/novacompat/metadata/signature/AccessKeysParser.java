// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.signature;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the text of an access keys file: a section for each key, named by its id, with the options
 * {@code secret}, {@code projects} and {@code comment}; lines that start with {@code #} or {@code
 * ;} say nothing. Whatever else it meets, it refuses.
 */
final class AccessKeysParser {
  private static final int MIN_SECRET_LENGTH = 16;
  private static final int MAX_SECRET_LENGTH = 255;
  private static final Pattern SECTION = Pattern.compile("\\[([A-Za-z0-9._-]{1,128})\\]");
  private static final Pattern OPTION = Pattern.compile("(secret|projects|comment)\\s*=\\s*(.*)");
  private static final Pattern SECRET =
      Pattern.compile("[!-~]{" + MIN_SECRET_LENGTH + "," + MAX_SECRET_LENGTH + "}");
  private static final Pattern PROJECT = Pattern.compile("[A-Za-z0-9._-]{1,255}");

  private final Path file;
  private final Map<String, AccessKey> keys = new LinkedHashMap<>();
  private final Map<String, Integer> sections = new LinkedHashMap<>();
  private final Map<String, String> options = new LinkedHashMap<>();
  private String id = "";
  private int line;

  private AccessKeysParser(Path file) {
    this.file = file;
  }

  /**
   * Reads a text.
   *
   * @param file where it is from, for the message
   * @param lines the text
   * @return the keys by their ids
   */
  static Map<String, AccessKey> parse(Path file, List<String> lines)
      throws InvalidAccessKeysException {
    AccessKeysParser parser = new AccessKeysParser(file);
    for (String text : lines) {
      parser.line++;
      parser.take(text.strip());
    }
    parser.endSection();
    return Map.copyOf(parser.keys);
  }

  private void take(String text) throws InvalidAccessKeysException {
    if (text.isEmpty() || text.startsWith("#") || text.startsWith(";")) {
      return;
    }
    Matcher section = SECTION.matcher(text);
    Matcher option = OPTION.matcher(text);
    if (section.matches()) {
      endSection();
      startSection(section.group(1));
    } else if (option.matches()) {
      takeOption(option.group(1), option.group(2));
    } else {
      throw expected(
          "expected [ID] with letters, digits, '.', '_' and '-', or one of 'secret = ', 'projects ="
              + " ' and 'comment = '");
    }
  }

  private void startSection(String name) throws InvalidAccessKeysException {
    Integer before = sections.putIfAbsent(name, line);
    if (before != null) {
      throw expected("[" + name + "] is there already, on line " + before);
    }
    id = name;
  }

  private void takeOption(String name, String value) throws InvalidAccessKeysException {
    if (id.isEmpty()) {
      throw expected("expected the id of an access key, as [ID], before its " + name);
    }
    if (options.putIfAbsent(name, value) != null) {
      throw expected("[" + id + "] has a second " + name);
    }
    if (name.equals("secret") && !SECRET.matcher(value).matches()) {
      throw expected(
          "[%s] secret: expected %d to %d printable ASCII characters without a space"
              .formatted(id, MIN_SECRET_LENGTH, MAX_SECRET_LENGTH));
    }
    if (name.equals("projects")) {
      projects(value);
    }
  }

  private Set<String> projects(String list) throws InvalidAccessKeysException {
    Set<String> projects = new LinkedHashSet<>();
    for (String project : list.split(",", -1)) {
      if (!PROJECT.matcher(project.strip()).matches()) {
        throw expected("[" + id + "] projects: expected ids of projects, separated by commas");
      }
      projects.add(project.strip());
    }
    return projects;
  }

  private void endSection() throws InvalidAccessKeysException {
    if (id.isEmpty()) {
      return;
    }
    for (String name : List.of("secret", "projects")) {
      if (!options.containsKey(name)) {
        throw new InvalidAccessKeysException(
            file, sections.get(id), "[" + id + "] has no '" + name + " = '");
      }
    }
    keys.put(id, new AccessKey(id, options.get("secret"), projects(options.get("projects"))));
    options.clear();
  }

  private InvalidAccessKeysException expected(String problem) {
    return new InvalidAccessKeysException(file, line, problem);
  }
}
