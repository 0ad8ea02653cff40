// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import java.util.List;
import java.util.stream.Stream;
import org.novacompat.metadata.python.PythonText;

/** Values separated by commas ({@code oslo_config/types.py: List}). */
record ListType<E>(OptionType<E> item) implements OptionType<List<E>> {

  @Override
  public List<E> parse(String text) {
    return items(text).map(item::parse).toList();
  }

  @Override
  public String expected() {
    return "a list, separated by commas, each " + item.expected();
  }

  @Override
  public String referenced(String text) {
    return PythonText.list(items(text).toList());
  }

  private static Stream<String> items(String text) {
    String all = PythonText.strip(text).replaceFirst(",+$", "");
    return all.isEmpty() ? Stream.empty() : Stream.of(all.split(",", -1)).map(PythonText::strip);
  }
}
