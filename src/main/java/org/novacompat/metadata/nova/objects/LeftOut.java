// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova.objects;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What of one column cannot be read and is left out, so that the rest of the column is served. Used
 * by one thread, for one column of one instance.
 */
public final class LeftOut {
  private final List<String> reasons = new ArrayList<>();

  /**
   * A value that may be unreadable.
   *
   * @param <T> its type
   */
  @FunctionalInterface
  interface Reading<T> {
    T read() throws UnreadableObjectException;
  }

  /**
   * Makes a value from a field.
   *
   * @param <T> its type
   */
  @FunctionalInterface
  interface Reader<T> {
    T read(JsonField field) throws UnreadableObjectException;
  }

  /** Reads those elements of a list that can be read; none where it is no list. */
  <T> List<T> each(Reading<List<JsonField>> list, Reader<T> reader) {
    List<T> read = new ArrayList<>();
    for (JsonField element : value(list).orElse(List.of())) {
      value(() -> reader.read(element)).ifPresent(read::add);
    }
    return List.copyOf(read);
  }

  /** Reads a value; empty where it cannot be read. */
  <T> Optional<T> value(Reading<T> reading) {
    try {
      return Optional.of(reading.read());
    } catch (UnreadableObjectException e) {
      note(e);
      return Optional.empty();
    }
  }

  /** Notes what cannot be read. */
  void note(UnreadableObjectException why) {
    reasons.add(why.getMessage());
  }

  /** Reads a value that may be absent; empty where it cannot be read, too. */
  <T> Optional<T> optional(Reading<Optional<T>> reading) {
    return value(reading).flatMap(value -> value);
  }

  /** Why the first of it is left out, and how much more is; empty when everything was read. */
  public Optional<String> summary() {
    String more = reasons.size() > 1 ? " (and " + (reasons.size() - 1) + " more)" : "";
    return reasons.stream().findFirst().map(reason -> reason + more);
  }
}
