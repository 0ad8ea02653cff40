// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import java.util.function.Function;

/** A type that is a function from text to value. */
record ParsedType<T>(String expected, Function<String, T> parser) implements OptionType<T> {

  @Override
  public T parse(String text) {
    return parser.apply(text);
  }
}
