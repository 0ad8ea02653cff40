// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import java.util.Optional;

/** A type with one more value: an empty text, which is how nova.conf says "none". */
record OptionalType<T>(OptionType<T> type) implements OptionType<Optional<T>> {

  @Override
  public Optional<T> parse(String text) {
    return text.isEmpty() || type.leavesUnset(text)
        ? Optional.empty()
        : Optional.of(type.parse(text));
  }

  @Override
  public String expected() {
    return type.expected();
  }

  @Override
  public String referenced(String text) {
    return text.isEmpty() || type.leavesUnset(text) ? "" : type.referenced(text);
  }
}
