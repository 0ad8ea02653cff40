// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config.oslo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.novacompat.metadata.python.PythonText;

/**
 * Reads a file in oslo.config's format, line by line, as {@code oslo_config/iniparser.py} does.
 * Where that stops at the first line that it cannot read, this notes it and goes on, so that an
 * operator sees all of them at once.
 */
final class ConfigFileParser {
  /** What of a group's line is shown: the rest may be an assignment, secret and all. */
  private static final Pattern GROUP_NAME = Pattern.compile("\\[[\\w.-]*+\\]?");

  private final Path path;
  private final Predicate<String> mayBeShown;
  private final List<Setting> settings = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  private Optional<String> group = Optional.empty();
  private Optional<String> key = Optional.empty();
  private final List<String> value = new ArrayList<>();
  private int keyLine;
  private int line;

  private ConfigFileParser(Path path, Predicate<String> mayBeShown) {
    this.path = path;
    this.mayBeShown = mayBeShown;
  }

  /**
   * Reads a file.
   *
   * @param path the file
   * @param mayBeShown whether a word that starts an unreadable line shows that the line holds no
   *     secret
   */
  static ConfigFile parse(Path path, Predicate<String> mayBeShown) {
    try {
      return new ConfigFileParser(path, mayBeShown).parse(decode(Files.readAllBytes(path)));
    } catch (NoSuchFileException e) {
      return ConfigFile.unreadable(path, "no such file");
    } catch (AccessDeniedException e) {
      return ConfigFile.unreadable(path, "permission denied");
    } catch (CharacterCodingException e) {
      return ConfigFile.unreadable(path, "not text in UTF-8");
    } catch (IOException e) {
      return ConfigFile.unreadable(path, "cannot be read: " + e.getMessage());
    }
  }

  private static String decode(byte[] bytes) throws CharacterCodingException {
    CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
    return text.toString();
  }

  private ConfigFile parse(String text) {
    for (String raw : text.split("\r\n|\r|\n", -1)) {
      line++;
      take(PythonText.stripRight(raw));
    }
    endAssignment();
    return ConfigFile.of(settings, problems);
  }

  private void take(String text) {
    if (text.isEmpty()) {
      endAssignment();
    } else if (text.startsWith(" ") || text.startsWith("\t")) {
      continueAssignment(text);
    } else {
      endAssignment();
      if (text.startsWith("[")) {
        startGroup(text);
      } else if (!text.startsWith("#") && !text.startsWith(";")) {
        startAssignment(text);
      }
    }
  }

  private void continueAssignment(String text) {
    if (key.isEmpty()) {
      problem("an indented line continues a value, and there is none above it");
    } else {
      value.add(PythonText.stripLeft(text));
    }
  }

  private void startGroup(String text) {
    if (!text.endsWith("]")) {
      Matcher name = GROUP_NAME.matcher(text);
      String shown = name.lookingAt() ? name.group() : "";
      String rule = shown.endsWith("]") ? "nothing follows a group's ]" : "a group ends in ]";
      problem(rule + ": '" + shown + "'");
    } else if (text.length() == 2) {
      problem("a group has a name: '[]'");
    } else {
      group = Optional.of(text.substring(1, text.length() - 1));
    }
  }

  private void startAssignment(String text) {
    int separator = separator(text);
    if (separator < 0) {
      problem("there is neither = nor : in it" + shown(text));
      return;
    }
    String name = PythonText.strip(text.substring(0, separator));
    if (name.isEmpty()) {
      problem("an assignment starts with an option's name");
      return;
    }
    key = Optional.of(name);
    keyLine = line;
    value.add(unquoted(PythonText.strip(text.substring(separator + 1))));
  }

  private void endAssignment() {
    if (key.isPresent()) {
      if (group.isEmpty()) {
        problems.add(
            path + ":" + keyLine + ": an option belongs to a group: [DEFAULT] comes first");
      } else {
        OptionName name = new OptionName(group.get(), key.get());
        settings.add(Setting.inFile(name, String.join("\n", value), path, keyLine));
      }
    }
    key = Optional.empty();
    value.clear();
  }

  private static int separator(String text) {
    int colon = text.indexOf(':');
    int equals = text.indexOf('=');
    if (colon < 0 || equals < 0) {
      return Math.max(colon, equals);
    }
    return Math.min(colon, equals);
  }

  private static String unquoted(String text) {
    boolean quoted =
        !text.isEmpty()
            && text.charAt(0) == text.charAt(text.length() - 1)
            && (text.startsWith("\"") || text.startsWith("'"));
    return quoted ? text.substring(1, Math.max(1, text.length() - 1)) : text;
  }

  private String shown(String text) {
    String firstWord = text.split("\\s", 2)[0];
    return mayBeShown.test(firstWord) ? ": '" + text + "'" : "";
  }

  private void problem(String sentence) {
    problems.add(path + ":" + line + ": " + sentence);
  }
}
