// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.novacompat.metadata.config.oslo.Option;
import org.novacompat.metadata.config.oslo.OptionName;

/**
 * The sample nova.conf: every option of the {@link Catalogue} with its help, its values, its
 * earlier names, and its default, commented out.
 */
final class SampleFile {

  private static final int WIDTH = 78;

  private SampleFile() {}

  /** The file's text. */
  static String text() {
    List<String> lines = new ArrayList<>();
    lines.addAll(
        comment(
            "The options of nova.conf that nova-compat metadata heeds, with their defaults. It"
                + " reads the nova.conf that nova reads; of every other option in it that nova's"
                + " metadata service heeds the start says why it is not heeded here. nova in turn"
                + " ignores the groups [nova_compat] and [esurfing]. This file is generated."));
    String group = "";
    for (Option<?> option : Catalogue.all()) {
      if (!option.group().equals(group)) {
        group = option.group();
        lines.addAll(List.of("", "", "[" + group + "]"));
      }
      lines.add("");
      lines.addAll(entry(option));
    }
    return String.join("\n", lines) + "\n";
  }

  private static List<String> entry(Option<?> option) {
    String value = option.defaultValue().shown();
    boolean literal = option.defaultValue().text().get().equals(value);
    List<String> lines = new ArrayList<>(comment(option.help()));
    lines.addAll(comment("Value: " + option.type().expected() + "."));
    if (!literal || value.isEmpty()) {
      lines.addAll(comment("Default: " + (literal ? "none" : value) + "."));
    }
    if (!option.deprecatedNames().isEmpty()) {
      lines.addAll(comment("Deprecated names: " + names(option.deprecatedNames()) + "."));
    }
    lines.add(("#" + option.name() + " = " + (literal ? value : "")).stripTrailing());
    return lines;
  }

  private static String names(List<OptionName> names) {
    return names.stream().map(OptionName::toString).collect(Collectors.joining(", "));
  }

  private static List<String> comment(String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder("#");
    for (String word : text.split(" ")) {
      if (line.length() + 1 + word.length() > WIDTH) {
        lines.add(line.toString());
        line = new StringBuilder("#");
      }
      line.append(' ').append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
