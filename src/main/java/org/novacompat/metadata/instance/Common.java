// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.instance;

import java.util.List;
import java.util.Optional;

/**
 * Values that many instances have in common, such as a zone or a flavor's name, so that each is in
 * memory once. It forgets: a value gives its place to another with the same hash. So it is bounded,
 * needs no lock, and costs one look into a table.
 *
 * <p>Threads may race for a place; as values are immutable, the worst is a value that is in memory
 * twice.
 */
public final class Common {
  private static final int PLACES = 1 << 15;

  /** Longer texts, in characters, would make the table large, and few instances have them. */
  private static final int LONGEST = 1024;

  private static final int MOST_IN_LIST = 8;

  private static final Object[] VALUES = new Object[PLACES];

  /** Which values were asked for again since they came, so that more than one owner has them. */
  private static final boolean[] SHARED = new boolean[PLACES];

  private Common() {}

  /**
   * Finds the one of all equal values.
   *
   * @param value an immutable value with {@code equals} and {@code hashCode}, not larger than a few
   *     hundred bytes
   * @param <T> its type
   * @return an equal value, perhaps this one
   */
  @SuppressWarnings("unchecked") // equal values here are of the same class
  public static <T> T one(T value) {
    int place = place(value);
    Object known = VALUES[place];
    if (known != null && known.getClass() == value.getClass() && known.equals(value)) {
      SHARED[place] = true;
      return (T) known;
    }
    VALUES[place] = value;
    SHARED[place] = false;
    return value;
  }

  /**
   * Finds the one of all equal texts. A long one is left as it is.
   *
   * @param text the text; empty for none
   * @return an equal text, perhaps this one
   */
  public static Optional<String> text(Optional<String> text) {
    return text.isEmpty() || text.get().length() > LONGEST ? text : one(text);
  }

  /**
   * Finds the one of all equal texts. A long one is left as it is.
   *
   * @param text the text
   * @return an equal text, perhaps this one
   */
  public static String text(String text) {
    return text.length() > LONGEST ? text : one(text);
  }

  /**
   * Finds the one of all equal lists. A long one is left as it is.
   *
   * @param values an immutable list of immutable values
   * @param <T> what is in it
   * @return an equal list, perhaps this one
   */
  public static <T> List<T> list(List<T> values) {
    return values.size() > MOST_IN_LIST ? values : one(values);
  }

  /**
   * Tells whether a value has several owners, none of which pays for it alone.
   *
   * @param value the value
   * @return true when it does, as far as is known
   */
  public static boolean isShared(Object value) {
    int place = place(value);
    return VALUES[place] == value && SHARED[place];
  }

  private static int place(Object value) {
    int hash = value.hashCode() * 0x9E3779B9;
    return hash >>> Integer.numberOfLeadingZeros(PLACES - 1);
  }
}
