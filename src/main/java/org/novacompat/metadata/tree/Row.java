// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.novacompat.metadata.instance.Instance;

/**
 * A row of a tree's table: where something is, since when, and how it comes from an instance.
 *
 * @param <V> the tree's versions
 * @param path where it is below the version, without a leading slash
 * @param kind what it is in a listing
 * @param since the first version that serves it
 * @param listedSince the first version that lists it; empty when it is never listed
 * @param changes the later versions at which what it shows changes
 * @param content makes it
 */
record Row<V extends Enum<V>>(
    String path, Kind kind, V since, Optional<V> listedSince, List<V> changes, Content<V> content) {

  /** What a row is in a listing. */
  enum Kind {
    DOCUMENT,
    DIRECTORY
  }

  /** Makes a row's content. */
  @FunctionalInterface
  interface Content<V> {
    /**
     * Looks whether an instance has it, and says how to make it.
     *
     * @return empty when the instance has none: it is not listed then, and not found
     */
    Optional<Supplier<Reply>> of(Instance instance, V version);
  }

  /** A document that some instances have and others have not. */
  static <V extends Enum<V>> Row<V> of(
      String path, V since, Function<Instance, Optional<Supplier<Reply>>> content) {
    return new Row<>(
        path,
        Kind.DOCUMENT,
        since,
        Optional.of(since),
        List.of(),
        (instance, version) -> content.apply(instance));
  }

  /** A document that every instance has. */
  static <V extends Enum<V>> Row<V> always(
      String path, V since, Function<Instance, Reply> content) {
    return of(path, since, instance -> Optional.of(() -> content.apply(instance)));
  }

  /** A document that every instance has, and that is not the same in every version. */
  static <V extends Enum<V>> Row<V> changing(
      String path, V since, List<V> changes, VersionedContent<V> content) {
    return new Row<>(
        path,
        Kind.DOCUMENT,
        since,
        Optional.of(since),
        changes,
        (instance, version) -> Optional.of(() -> content.of(instance, version)));
  }

  /** Makes what every instance has, by version. */
  @FunctionalInterface
  interface VersionedContent<V> {
    Reply of(Instance instance, V version);
  }

  /** A directory of plain texts whose names are the instance's own affair. */
  static <V extends Enum<V>> Row<V> directory(
      String path, V since, Function<Instance, SortedMap<String, String>> texts) {
    return new Row<>(
        path,
        Kind.DIRECTORY,
        since,
        Optional.of(since),
        List.of(),
        (instance, version) -> Optional.of(() -> Folder.ofTexts(texts.apply(instance))));
  }

  /** A directory that some instances have and others have not. */
  static <V extends Enum<V>> Row<V> directoryIfAny(
      String path, V since, Function<Instance, Optional<Supplier<Reply>>> content) {
    return new Row<>(
        path,
        Kind.DIRECTORY,
        since,
        Optional.of(since),
        List.of(),
        (instance, version) -> content.apply(instance));
  }

  /** This row, listed only since a later version. */
  Row<V> listedSince(V version) {
    return new Row<>(path, kind, since, Optional.of(version), changes, content);
  }

  /** This row, never listed. */
  Row<V> hidden() {
    return new Row<>(path, kind, since, Optional.empty(), changes, content);
  }
}
