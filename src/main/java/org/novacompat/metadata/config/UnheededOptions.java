// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.novacompat.metadata.config.oslo.Option;
import org.novacompat.metadata.config.oslo.OptionGroup;
import org.novacompat.metadata.config.oslo.OptionGroup.Draft;
import org.novacompat.metadata.config.oslo.OptionType;

/**
 * Every option that nova's metadata service reads, of a release from Train on, and that this
 * service does not heed: with its type, its default, and as its help the reason. The table {@value
 * #TABLE} has them, and describes its own format.
 */
final class UnheededOptions {
  private static final String TABLE = "unheeded-options.txt";
  private static final Pattern ENTRY =
      Pattern.compile(
          "(?<name>\\S+) (?<type>[a-z]+)(?<secret> secret)?(?<old>(?: < (?:\\[\\w+] )?\\S+)*)"
              + "(?: (?<rule>with|beyond) (?<word>\\w+))?(?: =(?<defaults>.*))?",
          Pattern.DOTALL);
  private static final Pattern OLD_NAME = Pattern.compile(" < (?:\\[(\\w+)] )?(\\S+)");
  private static final Map<String, OptionType<?>> TYPES =
      Map.of(
          "text", OptionType.text(),
          "number", OptionType.integer(),
          "word", OptionType.parsed("a word", text -> text.toLowerCase(Locale.ROOT)),
          "bool", OptionType.bool(),
          "seconds", OptionType.seconds(),
          "list", OptionType.list(OptionType.text()),
          "repeated", OptionType.repeated(OptionType.text()));
  private static final Set<String> MAY_BE_UNSET = Set.of("text", "number");
  private static final List<Option<?>> ALL = read();

  private final List<Option<?>> options = new ArrayList<>();
  private final Map<String, List<String>> definitions = new HashMap<>();
  private List<String> definition = List.of();
  private OptionGroup group = new OptionGroup("");
  private boolean isTold;
  private String reason = "";

  private UnheededOptions() {}

  /** All of them, by subject. */
  static List<Option<?>> all() {
    return ALL;
  }

  private static List<Option<?>> read() {
    UnheededOptions table = new UnheededOptions();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                UnheededOptions.class.getResourceAsStream(TABLE), StandardCharsets.UTF_8))) {
      String text = String.join("\n", lines.lines().toList());
      // what begins with | belongs to the line before
      Stream.of(text.split("\n(?!\\|)"))
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .forEach(table::take);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(table.options);
  }

  private void take(String line) {
    String[] words = line.split(" ", 2);
    switch (words[0]) {
      case "told", "silent" -> {
        isTold = words[0].equals("told");
        reason = words[1];
      }
      case "define" ->
          definition = definitions.computeIfAbsent(words[1], name -> new ArrayList<>());
      case "use" -> definitions.get(words[1]).forEach(this::take);
      case "session" ->
          new SessionOptions(group.group(), group.group()).options().forEach(this::addLike);
      default -> takeName(line);
    }
  }

  private void takeName(String line) {
    if (line.startsWith("[")) {
      group = new OptionGroup(line.substring(1, line.length() - 1));
    } else if (line.startsWith("  ")) {
      definition.add(line.strip());
    } else {
      add(line);
    }
  }

  private void add(String line) {
    Matcher entry = ENTRY.matcher(line);
    OptionType<?> type = entry.matches() ? TYPES.get(entry.group("type")) : null;
    if (type == null) {
      throw new IllegalStateException(TABLE + ": " + line);
    }
    String written = entry.group("defaults");
    if (written != null) {
      String[] texts = written.split("\n\\|", -1);
      add(entry, type, Stream.of(texts).map(UnheededOptions::unquoted).toArray(String[]::new));
    } else if (MAY_BE_UNSET.contains(entry.group("type"))) {
      add(entry, OptionType.optional(type), "");
    } else {
      add(entry, type, "");
    }
  }

  private static String unquoted(String text) {
    return text.strip().replaceFirst("^\"(.*)\"$", "$1");
  }

  private <T> void add(Matcher entry, OptionType<T> type, String... defaults) {
    Draft<T> draft = group.option(entry.group("name"), type, defaults[0]);
    Matcher old = OLD_NAME.matcher(entry.group("old"));
    while (old.find()) {
      draft.formerly(old.group(1) == null ? group.group() : old.group(1), old.group(2));
    }
    if (entry.group("secret") != null) {
      draft.secret();
    }
    List<T> same = Stream.of(defaults).map(type::parse).toList();
    String word = entry.group("word");
    add(
        draft,
        word == null
            ? value -> !same.contains(value)
            : value ->
                entry.group("rule").equals("with")
                    ? ((List<?>) value).contains(word)
                    : !List.of(word).containsAll((List<?>) value));
  }

  private <T> void addLike(Option<T> option) {
    String defaultText = option.defaultValue().text().get();
    T standard = option.type().parse(defaultText);
    Draft<T> draft = group.option(option.name(), option.type(), defaultText);
    option.deprecatedNames().forEach(old -> draft.formerly(old.group(), old.name()));
    if (option.secret()) {
      draft.secret();
    }
    add(draft, value -> !value.equals(standard));
  }

  private <T> void add(Draft<T> draft, Predicate<T> told) {
    if (isTold) {
      draft.warnsOf(told, "is not heeded: " + reason);
    }
    options.add(draft.help(reason));
  }
}
