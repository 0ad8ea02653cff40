// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import java.util.List;

/**
 * An option that counts every time it is written, unless empty ({@code oslo_config/cfg.py:
 * MultiOpt}).
 */
record RepeatedType<E>(OptionType<E> item) implements OptionType<List<E>> {

  @Override
  public List<E> parse(String text) {
    return parseAll(List.of(text));
  }

  @Override
  public List<E> parseAll(List<String> texts) {
    return texts.stream().filter(text -> !text.isEmpty()).map(item::parse).toList();
  }

  @Override
  public boolean repeatable() {
    return true;
  }

  @Override
  public String expected() {
    return item.expected();
  }
}
