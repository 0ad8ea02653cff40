// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.novacompat.metadata.instance.Instance;

/**
 * A tree as a table. Directories are not in it: they, and what they list, follow from its rows.
 *
 * @param <V> the tree's versions
 * @param rows the table
 * @param order how a directory is listed
 * @param labels for some directories, what stands for them in the listing above them, in place of
 *     their name and a slash
 */
public record TreeTable<V extends Enum<V>>(
    List<Row<V>> rows, Order order, Map<String, Function<Instance, String>> labels) {

  /** The path of a version itself. */
  public static final String TOP = "";

  /** How a directory is listed. */
  public enum Order {
    /** As the rows stand in the table. */
    TABLE,
    /** By name. */
    NAME
  }

  /**
   * Adds routes for some of the tree's versions.
   *
   * @param routes where they are collected
   * @param mounts the full paths at which each version is found
   * @param aliases further names for what is at some paths below a version, by that name
   */
  public void addTo(Routes routes, Map<V, List<String>> mounts, Map<String, String> aliases) {
    Map<String, Route> shared = new HashMap<>();
    mounts.forEach(
        (version, places) -> {
          Map<String, Route> paths = routesOf(version, shared);
          aliases.forEach((alias, path) -> paths.put(alias, paths.get(path)));
          paths.forEach(
              (path, route) -> places.forEach(place -> routes.add(join(place, path), route)));
        });
  }

  /** Makes the routes of a version by path, sharing those of earlier ones that show the same. */
  private Map<String, Route> routesOf(V version, Map<String, Route> shared) {
    Map<String, Route> paths = new LinkedHashMap<>();
    for (Row<V> row : rows) {
      if (isSince(version, row.since())) {
        String key = row.path() + "@" + lastChange(row.changes(), version);
        paths.put(row.path(), shared.computeIfAbsent(key, any -> routeOf(row, version)));
      }
    }
    for (String directory : directories(version)) {
      List<V> changes = changesBelow(directory);
      String key = directory + "/@" + lastChange(changes, version);
      paths.put(
          directory,
          shared.computeIfAbsent(
              key, any -> Route.of(instance -> listing(directory, instance, version))));
    }
    return paths;
  }

  private static <V extends Enum<V>> boolean isSince(V version, V since) {
    return version.compareTo(since) >= 0;
  }

  private static <V extends Enum<V>> Optional<V> lastChange(Collection<V> changes, V version) {
    return changes.stream()
        .filter(change -> isSince(version, change))
        .max(Comparator.naturalOrder());
  }

  private Set<String> directories(V version) {
    Set<String> directories = new LinkedHashSet<>();
    listedIn(TOP, version)
        .map(Row::path)
        .forEach(
            path -> {
              directories.add(TOP);
              for (int slash = path.indexOf('/');
                  slash >= 0;
                  slash = path.indexOf('/', slash + 1)) {
                directories.add(path.substring(0, slash));
              }
            });
    return directories;
  }

  private List<V> changesBelow(String directory) {
    return rows.stream()
        .filter(row -> isBelow(row.path(), directory))
        .flatMap(row -> row.listedSince().stream())
        .toList();
  }

  private Stream<Row<V>> listedIn(String directory, V version) {
    return rows.stream()
        .filter(row -> isBelow(row.path(), directory))
        .filter(row -> row.listedSince().filter(since -> isSince(version, since)).isPresent());
  }

  private static boolean isBelow(String path, String directory) {
    return directory.equals(TOP) || path.startsWith(directory + "/");
  }

  private static <V extends Enum<V>> Route routeOf(Row<V> row, V version) {
    Route route =
        Route.of(
            instance ->
                row.content().of(instance, version).map(Supplier::get).orElse(Node.NOTHING));
    return row.writable() ? route.writable() : route;
  }

  private Node listing(String directory, Instance instance, V version) {
    Map<String, String> lines = new LinkedHashMap<>();
    listedIn(directory, version)
        .filter(row -> row.content().of(instance, version).isPresent())
        .forEach(row -> addLine(row, directory, instance, lines));
    if (lines.isEmpty()) {
      return Node.NOTHING;
    }
    Stream<String> names = lines.keySet().stream();
    Stream<String> ordered = order == Order.NAME ? names.sorted() : names;
    return Document.commonText(String.join("\n", ordered.map(lines::get).toList()));
  }

  private void addLine(Row<V> row, String directory, Instance instance, Map<String, String> lines) {
    String below =
        directory.equals(TOP) ? row.path() : row.path().substring(directory.length() + 1);
    int slash = below.indexOf('/');
    String name = slash < 0 ? below : below.substring(0, slash);
    boolean isDirectory = slash >= 0 || row.kind() == Row.Kind.DIRECTORY;
    lines.put(name, isDirectory ? directoryLine(join(directory, name), name, instance) : name);
  }

  private String directoryLine(String path, String name, Instance instance) {
    Function<Instance, String> label = labels.get(path);
    return label == null ? name + "/" : label.apply(instance);
  }

  private static String join(String place, String path) {
    return place.isEmpty() ? path : path.isEmpty() ? place : place + "/" + path;
  }
}
