// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What values an option takes: how its text becomes a value, and what to tell an operator who wrote
 * something else ({@code oslo_config/types.py}).
 *
 * @param <T> the value's type
 */
public interface OptionType<T> {

  /**
   * The value that a text stands for.
   *
   * @param text the option's text, references already replaced
   * @throws IllegalArgumentException when it stands for none; the message, when there is one, is a
   *     reason to show, and never holds a secret
   */
  T parse(String text);

  /** What is expected, to follow the word "expected": {@code an integer of 1 or more}. */
  String expected();

  /**
   * The value of an option that may be repeated, from all its texts in order. All other types take
   * the last, as oslo.config does.
   */
  default T parseAll(List<String> texts) {
    return parse(texts.get(texts.size() - 1));
  }

  /** Whether every repetition counts, not only the last ({@code MultiStrOpt}). */
  default boolean repeatable() {
    return false;
  }

  /** Whether a text says nothing, so that the default holds. */
  default boolean leavesUnset(String text) {
    return false;
  }

  /**
   * What stands in place of {@code $option} in another option's text: Python's {@code str()} of the
   * value.
   */
  default String referenced(String text) {
    return text;
  }

  /** Any text. */
  static OptionType<String> text() {
    return parsed("a text", Function.identity());
  }

  /** A path of a file or a directory. */
  static OptionType<Path> path() {
    return parsed(
        "a path",
        text -> {
          try {
            return Path.of(text);
          } catch (InvalidPathException e) {
            throw new IllegalArgumentException("no path can hold such a character", e);
          }
        });
  }

  /** One of several words. */
  static OptionType<String> choice(String... words) {
    List<String> known = List.of(words);
    return parsed(
        "one of " + String.join(", ", known),
        text -> {
          if (!known.contains(text)) {
            throw new IllegalArgumentException();
          }
          return text;
        });
  }

  /** A type that is a function from text to value. */
  static <T> OptionType<T> parsed(String expected, Function<String, T> parser) {
    return new ParsedType<>(expected, parser);
  }

  /** {@code true} or {@code false} and their synonyms. */
  static OptionType<Boolean> bool() {
    return new BooleanType();
  }

  /** Any integer. */
  static OptionType<Integer> integer() {
    return new IntegerType(Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  /** An integer that is not less than a minimum. */
  static OptionType<Integer> integerFrom(int min) {
    return new IntegerType(min, Integer.MAX_VALUE);
  }

  /** A TCP port, where 0 lets the system choose. */
  static OptionType<Integer> port() {
    return new IntegerType(0, 65535);
  }

  /** A TCP port that others can be told. */
  static OptionType<Integer> fixedPort() {
    return new IntegerType(1, 65535);
  }

  /** An integer between two bounds, both included. */
  static OptionType<Integer> integerBetween(int min, int max) {
    return new IntegerType(min, max);
  }

  /** A number of seconds, perhaps with a fraction; what is below 0 is 0. */
  static OptionType<Duration> seconds() {
    return new SecondsType(true);
  }

  /** A number of seconds above 0, perhaps with a fraction. */
  static OptionType<Duration> secondsAboveZero() {
    return new SecondsType(false);
  }

  /** Values separated by commas. */
  static <E> OptionType<List<E>> list(OptionType<E> item) {
    return new ListType<>(item);
  }

  /** An option that may be repeated, each time with one value. */
  static <E> OptionType<List<E>> repeated(OptionType<E> item) {
    return new RepeatedType<>(item);
  }

  /** A type with one more value: an empty text is an empty Optional. */
  static <T> OptionType<Optional<T>> optional(OptionType<T> type) {
    return new OptionalType<>(type);
  }
}
