// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config.oslo;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces {@code $option}, <code>${option}</code> and <code>${group.option}</code> in a text, and
 * {@code $$} and {@code \$} by a dollar sign ({@code oslo_config/cfg.py: ConfigOpts.Template}). A
 * dollar sign before anything else stands for itself.
 */
final class References {

  private static final String NAME = "([_a-z][._a-z0-9]*)";
  private static final Pattern REFERENCE =
      Pattern.compile("\\$(?:(\\$)|" + NAME + "|\\{" + NAME + "\\})", Pattern.CASE_INSENSITIVE);

  private References() {}

  /**
   * The text with every reference replaced.
   *
   * @param text the text
   * @param valueOf what stands for a name, dots included
   */
  static String replace(String text, UnaryOperator<String> valueOf) {
    Matcher reference = REFERENCE.matcher(text.replace("\\$", "$$"));
    return reference.replaceAll(
        match -> {
          if (match.group(1) != null) {
            return Matcher.quoteReplacement("$");
          }
          String name = match.group(2) != null ? match.group(2) : match.group(3);
          return Matcher.quoteReplacement(valueOf.apply(name));
        });
  }
}
