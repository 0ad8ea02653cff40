// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config.paste;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A file in the format of Paste Deploy, that of Python's configparser ({@code
 * paste/deploy/loadwsgi.py: NicerConfigParser}): sections, {@code key = value}, indented lines that
 * go on with a value. What is not that is passed over.
 */
final class PasteFile {
  private static final String DEFAULT = "DEFAULT";

  private final Path path;
  private final Map<String, Map<String, String>> sections = new HashMap<>();
  private String section = DEFAULT;
  private Optional<String> key = Optional.empty();

  private PasteFile(Path path) {
    this.path = path;
  }

  /**
   * Reads a file.
   *
   * @throws IOException when it cannot be read; the message names it
   */
  static PasteFile read(Path path) throws IOException {
    try {
      return new PasteFile(path).parse(Files.readAllLines(path));
    } catch (AccessDeniedException e) {
      throw new IOException(path + ": permission denied", e);
    } catch (CharacterCodingException e) {
      throw new IOException(path + ": not text in UTF-8", e);
    } catch (IOException e) {
      throw new IOException(path + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Gives a value; what a section lacks is taken from {@code [DEFAULT]}. {@code %(here)s} is the
   * file's directory and {@code %(__file__)s} the file.
   */
  Optional<String> get(String inSection, String name) {
    return own(inSection, name).or(() -> own(DEFAULT, name));
  }

  /** Where it was read. */
  Path path() {
    return path;
  }

  /** Lists what a section itself sets, by name. */
  List<String> names(String inSection) {
    return sections.getOrDefault(inSection, Map.of()).keySet().stream().sorted().toList();
  }

  /** Gives a value of a section itself. */
  Optional<String> own(String inSection, String name) {
    return Optional.ofNullable(sections.getOrDefault(inSection, Map.of()).get(name))
        .map(this::filledIn);
  }

  /**
   * Finds a section by its kind and its name ({@code find_config_section}).
   *
   * @param kinds what may stand before the colon
   * @param name what stands behind it, but for blanks
   * @return the section's whole name
   */
  Optional<String> section(List<String> kinds, String name) {
    return kinds.stream()
        .flatMap(
            kind ->
                sections.keySet().stream()
                    .filter(section -> section.startsWith(kind + ":"))
                    .filter(section -> section.substring(kind.length() + 1).strip().equals(name)))
        .findFirst();
  }

  private String filledIn(String value) {
    Path file = path.toAbsolutePath();
    return value
        .replace("%(here)s", String.valueOf(file.getParent()))
        .replace("%(__file__)s", file.toString())
        .replace("%%", "%");
  }

  private PasteFile parse(List<String> lines) {
    for (String line : lines) {
      String text = line.strip();
      boolean blank = text.isEmpty() || text.startsWith("#") || text.startsWith(";");
      if (!blank && Character.isWhitespace(line.charAt(0)) && key.isPresent()) {
        values().merge(key.get(), text, (before, more) -> before + "\n" + more);
      } else if (!blank) {
        take(text);
      }
    }
    return this;
  }

  private void take(String text) {
    int end = text.indexOf(']');
    if (text.startsWith("[") && end > 0) {
      section = text.substring(1, end);
      key = Optional.empty();
      return;
    }
    String[] assignment = text.split("[=:]", 2);
    if (assignment.length == 2) {
      key = Optional.of(assignment[0].strip());
      values().put(key.get(), assignment[1].strip());
    }
  }

  private Map<String, String> values() {
    return sections.computeIfAbsent(section, name -> new HashMap<>());
  }
}
