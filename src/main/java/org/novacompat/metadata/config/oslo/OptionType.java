// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config.oslo;

import java.math.BigInteger;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.novacompat.metadata.python.PythonNumbers;
import org.novacompat.metadata.python.PythonText;

/**
 * The values that an option takes: how its text becomes a value, and what to tell an operator who
 * wrote something else ({@code oslo_config/types.py}).
 *
 * @param <T> the value's type
 */
public final class OptionType<T> {
  /** Eleven days: longer than any caller waits, and in milliseconds still 32 bits. */
  static final double MAX_SECONDS = 1e6;

  private static final int MAX_PORT = 65_535;
  private static final double MILLIS_PER_SECOND = 1000;
  private static final BigInteger MIN_INT = BigInteger.valueOf(Integer.MIN_VALUE);
  private static final BigInteger MAX_INT = BigInteger.valueOf(Integer.MAX_VALUE);
  private static final List<String> TRUE = List.of("true", "1", "on", "yes");
  private static final List<String> FALSE = List.of("false", "0", "off", "no");

  private final String expected;
  private final Function<List<String>, T> parser;
  private final Predicate<String> unset;
  private final UnaryOperator<String> referenced;
  private final boolean isRepeatable;

  private OptionType(
      String expected,
      Function<List<String>, T> parser,
      Predicate<String> unset,
      UnaryOperator<String> referenced,
      boolean isRepeatable) {
    this.expected = expected;
    this.parser = parser;
    this.unset = unset;
    this.referenced = referenced;
    this.isRepeatable = isRepeatable;
  }

  private static <T> OptionType<T> of(
      String expected,
      Function<String, T> parser,
      Predicate<String> unset,
      UnaryOperator<String> referenced) {
    Function<List<String>, T> last = texts -> parser.apply(texts.get(texts.size() - 1));
    return new OptionType<>(expected, last, unset, referenced, false);
  }

  /**
   * The value that a text stands for.
   *
   * @param text the option's text, references already replaced
   * @throws IllegalArgumentException when it stands for none; the message, when there is one, is a
   *     reason to show, and never holds a secret
   */
  public T parse(String text) {
    return parseAll(List.of(text));
  }

  /**
   * The value of an option that may be repeated, from all its texts in order. All other types take
   * the last, as oslo.config does.
   */
  T parseAll(List<String> texts) {
    return parser.apply(texts);
  }

  /** What is expected, to follow the word "expected": {@code an integer of 1 or more}. */
  public String expected() {
    return expected;
  }

  /** Whether every repetition counts, not only the last ({@code MultiStrOpt}). */
  boolean repeatable() {
    return isRepeatable;
  }

  /** Whether a text sets nothing, so that the default holds. */
  boolean leavesUnset(String text) {
    return unset.test(text);
  }

  /** The text that replaces {@code $option} in another option: Python's {@code str()} of it. */
  String referenced(String text) {
    return referenced.apply(text);
  }

  /** The same texts, made into values of another type. */
  public <R> OptionType<R> as(Function<? super T, R> made) {
    return new OptionType<>(
        expected, texts -> made.apply(parseAll(texts)), unset, referenced, isRepeatable);
  }

  /** A type that is a function from text to value. */
  public static <T> OptionType<T> parsed(String expected, Function<String, T> parser) {
    return of(expected, parser, text -> false, UnaryOperator.identity());
  }

  /** Any text. */
  public static OptionType<String> text() {
    return parsed("a text", Function.identity());
  }

  /** A path of a file or a directory. */
  public static OptionType<Path> path() {
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
  public static OptionType<String> choice(String... words) {
    List<String> known = List.of(words);
    return parsed(
        "one of " + String.join(", ", known),
        text -> {
          require(known.contains(text));
          return text;
        });
  }

  /** One of an enum's constants, in small letters. */
  public static <E extends Enum<E>> OptionType<E> choice(Class<E> constants) {
    return choice(
            Stream.of(constants.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toArray(String[]::new))
        .as(word -> Enum.valueOf(constants, word.toUpperCase(Locale.ROOT)));
  }

  /** {@code true} or {@code false} and their synonyms. */
  public static OptionType<Boolean> bool() {
    return of(
        "true or false (or 1, 0, on, off, yes, no)",
        OptionType::isTrue,
        text -> false,
        text -> isTrue(text) ? "True" : "False");
  }

  private static boolean isTrue(String text) {
    String word = text.toLowerCase(Locale.ROOT);
    require(TRUE.contains(word) || FALSE.contains(word));
    return TRUE.contains(word);
  }

  /** Any integer; see {@link #integerBetween}. */
  public static OptionType<Integer> integer() {
    return integerBetween("an integer", Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  /** An integer that is not less than a minimum; see {@link #integerBetween}. */
  public static OptionType<Integer> integerFrom(int min) {
    return integerBetween("an integer of " + min + " or more", min, Integer.MAX_VALUE);
  }

  /**
   * An integer in Python's spelling between two bounds, both included. An empty text leaves the
   * default. Python's integers are of any length: where there is no bound, one beyond 32 bits
   * stands for the last one within.
   */
  public static OptionType<Integer> integerBetween(int min, int max) {
    return integerBetween("an integer from " + min + " to " + max, min, max);
  }

  private static OptionType<Integer> integerBetween(String expected, int min, int max) {
    return of(
        expected,
        text -> {
          int value = PythonNumbers.integer(text).max(MIN_INT).min(MAX_INT).intValueExact();
          require(min <= value && value <= max);
          return value;
        },
        OptionType::isBlank,
        text -> PythonNumbers.integer(text).toString());
  }

  /** A TCP port, where 0 lets the system choose. */
  public static OptionType<Integer> port() {
    return integerBetween(0, MAX_PORT);
  }

  /** A TCP port that others can be told. */
  public static OptionType<Integer> fixedPort() {
    return integerBetween(1, MAX_PORT);
  }

  /** A number of whole seconds that is not less than a minimum. */
  public static OptionType<Duration> wholeSecondsFrom(int min) {
    return integerFrom(min).as(Duration::ofSeconds);
  }

  /** A number of MiB that is not less than a minimum; its value is in bytes. */
  public static OptionType<Long> mebibytesFrom(int min) {
    return integerFrom(min).as(mebibytes -> mebibytes * 1024L * 1024L);
  }

  /**
   * A number of seconds in Python's spelling, perhaps with a fraction; what is below 0 is 0. An
   * empty text leaves the default. What is longer than {@link #MAX_SECONDS}, {@code inf} included,
   * stands for that long; any other number is a millisecond at least.
   */
  public static OptionType<Duration> seconds() {
    return of("a number of seconds", OptionType::duration, OptionType::isBlank, text -> text);
  }

  /** A number of {@link #seconds} above 0. */
  public static OptionType<Duration> secondsAboveZero() {
    return of(
        "a number of seconds above 0",
        text -> {
          Duration duration = duration(text);
          require(!duration.isZero());
          return duration;
        },
        OptionType::isBlank,
        text -> text);
  }

  private static Duration duration(String text) {
    double seconds = PythonNumbers.real(text);
    long millis = Math.round(Math.min(seconds, MAX_SECONDS) * MILLIS_PER_SECOND);
    return seconds <= 0 ? Duration.ZERO : Duration.ofMillis(Math.max(1, millis));
  }

  /** Values separated by commas. */
  public static <E> OptionType<List<E>> list(OptionType<E> item) {
    return of(
        "a list, separated by commas, each " + item.expected,
        text -> items(text).map(item::parse).toList(),
        text -> false,
        text -> PythonText.list(items(text).toList()));
  }

  private static Stream<String> items(String text) {
    String all = PythonText.strip(text).replaceFirst(",+$", "");
    return all.isEmpty() ? Stream.empty() : Stream.of(all.split(",", -1)).map(PythonText::strip);
  }

  /**
   * An option that counts every time it is written, unless empty ({@code oslo_config/cfg.py:
   * MultiOpt}).
   */
  public static <E> OptionType<List<E>> repeated(OptionType<E> item) {
    return new OptionType<>(
        item.expected,
        texts -> texts.stream().filter(text -> !text.isEmpty()).map(item::parse).toList(),
        text -> false,
        UnaryOperator.identity(),
        true);
  }

  /** A type with one more value: an empty text, which is how nova.conf says "none". */
  public static <T> OptionType<Optional<T>> optional(OptionType<T> type) {
    Predicate<String> isNone = text -> text.isEmpty() || type.leavesUnset(text);
    return of(
        type.expected,
        text -> isNone.test(text) ? Optional.empty() : Optional.of(type.parse(text)),
        text -> false,
        text -> isNone.test(text) ? "" : type.referenced(text));
  }

  private static boolean isBlank(String text) {
    return PythonText.strip(text).isEmpty();
  }

  private static void require(boolean isAllowed) {
    if (!isAllowed) {
      throw new IllegalArgumentException();
    }
  }
}
