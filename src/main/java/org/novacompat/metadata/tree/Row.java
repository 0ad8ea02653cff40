// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree;

import java.util.List;
import java.util.Optional;
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
 * @param writable whether guests may write it
 * @param content makes it
 */
public record Row<V extends Enum<V>>(
    String path,
    Kind kind,
    V since,
    Optional<V> listedSince,
    List<V> changes,
    boolean writable,
    Content<V> content) {

  /** What a row is in a listing: a name, or a name with a slash after it. */
  public enum Kind {
    /** A name. */
    DOCUMENT,
    /** A name and a slash. */
    DIRECTORY
  }

  /**
   * Makes a row's content for an instance; empty when the instance has none, so that it is neither
   * listed nor found.
   *
   * @param <V> the tree's versions
   */
  @FunctionalInterface
  public interface Content<V> {
    /** Tells how to make it; empty when the instance has none. */
    Optional<Supplier<Node>> of(Instance instance, V version);
  }

  /**
   * Makes what every instance has, by version.
   *
   * @param <V> the tree's versions
   */
  @FunctionalInterface
  public interface VersionedContent<V> {
    /** Renders it. */
    Node of(Instance instance, V version);
  }

  private Row(String path, Kind kind, V since, List<V> changes, Content<V> content) {
    this(path, kind, since, Optional.of(since), changes, false, content);
  }

  /** A document that some instances have and others have not. */
  public static <V extends Enum<V>> Row<V> of(
      String path, V since, Function<Instance, Optional<Supplier<Node>>> content) {
    return new Row<>(
        path, Kind.DOCUMENT, since, List.of(), (instance, version) -> content.apply(instance));
  }

  /** A document that every instance has. */
  public static <V extends Enum<V>> Row<V> always(
      String path, V since, Function<Instance, Node> content) {
    return of(path, since, instance -> Optional.of(() -> content.apply(instance)));
  }

  /** A document that every instance has, and that is not the same in every version. */
  public static <V extends Enum<V>> Row<V> changing(
      String path, V since, List<V> changes, VersionedContent<V> content) {
    return new Row<>(
        path,
        Kind.DOCUMENT,
        since,
        changes,
        (instance, version) -> Optional.of(() -> content.of(instance, version)));
  }

  /** A directory whose documents come from the instance. */
  public static <V extends Enum<V>> Row<V> directory(
      String path, V since, Function<Instance, Optional<Supplier<Node>>> content) {
    return new Row<>(
        path, Kind.DIRECTORY, since, List.of(), (instance, version) -> content.apply(instance));
  }

  /** This row, listed only since a later version. */
  public Row<V> listedSince(V version) {
    return new Row<>(path, kind, since, Optional.of(version), changes, writable, content);
  }

  /** This row, never listed. */
  public Row<V> hidden() {
    return new Row<>(path, kind, since, Optional.empty(), changes, writable, content);
  }

  /** This row, which guests may write. */
  public Row<V> writableByGuests() {
    return new Row<>(path, kind, since, listedSince, changes, true, content);
  }
}
