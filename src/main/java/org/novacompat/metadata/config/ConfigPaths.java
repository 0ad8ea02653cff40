// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which files make up the configuration, in the order in which later ones win ({@code
 * oslo_config/cfg.py: _parse_config_files, find_config_files, find_config_dirs}).
 */
final class ConfigPaths {

  private static final String PROJECT = "nova";
  private static final List<String> NAMES = List.of(PROJECT, "nova-api-metadata");
  private static final Path ETC = Path.of("/etc");

  private ConfigPaths() {}

  /**
   * What is read when nova-api-metadata is started with these files and directories: where none is
   * given, the files or the directories that are found, which come first.
   *
   * @param files the files given; one that is a directory counts as such
   * @param directories the directories given
   */
  static List<Path> inOrder(
      List<Path> files, List<Path> directories, Map<String, String> environment) {
    List<Path> places = places(environment);
    List<Path> given = Stream.concat(files.stream(), directories.stream()).toList();
    List<Path> paths = new ArrayList<>();
    if (given.stream().allMatch(Files::isDirectory)) {
      paths.addAll(foundFiles(places));
    }
    if (directories.isEmpty() && given.stream().noneMatch(Files::isDirectory)) {
      paths.addAll(found(places, ".conf.d"));
    }
    paths.addAll(given);
    return paths;
  }

  /**
   * Where a file is looked for that the configuration names: in the directories that were read, in
   * those of the files, the last first, then in the usual places.
   *
   * @param read the files and directories that were read
   */
  static List<Path> beside(List<Path> read, Map<String, String> environment) {
    List<Path> beside = new ArrayList<>(read.stream().filter(Files::isDirectory).toList());
    for (int i = read.size() - 1; i >= 0; i--) {
      if (!Files.isDirectory(read.get(i))) {
        beside.add(read.get(i).toAbsolutePath().getParent());
      }
    }
    beside.addAll(places(environment));
    return beside;
  }

  /** The paths in a list such as {@code PATH} is. */
  static List<Path> split(String paths) {
    return Stream.of(paths.split(File.pathSeparator))
        .filter(path -> !path.isEmpty())
        .map(Path::of)
        .toList();
  }

  /**
   * The fragments in a directory: those that end in {@code .conf} and are not hidden, by name.
   *
   * @throws IOException when it cannot be listed
   */
  static List<Path> fragments(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .filter(entry -> name(entry).endsWith(".conf") && !name(entry).startsWith("."))
          .sorted(Comparator.comparing(ConfigPaths::name))
          .toList();
    }
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  private static List<Path> foundFiles(List<Path> places) {
    List<Path> files = found(places, ".conf");
    return files.isEmpty() ? List.of(NovaConf.DEFAULT_FILE) : files;
  }

  private static List<Path> found(List<Path> places, String extension) {
    return NAMES.stream()
        .map(
            name ->
                places.stream()
                    .map(place -> place.resolve(name + extension))
                    .filter(Files::exists)
                    .findFirst())
        .flatMap(Optional::stream)
        .toList();
  }

  private static List<Path> places(Map<String, String> environment) {
    Path home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")));
    Stream<Path> usual = Stream.of(home.resolve("." + PROJECT), home, ETC.resolve(PROJECT), ETC);
    Stream<Path> snap =
        Stream.of("SNAP_COMMON", "SNAP")
            .map(environment::get)
            .filter(path -> path != null && !path.isEmpty())
            .map(path -> Path.of(path, "etc", PROJECT));
    return Stream.concat(usual, snap).toList();
  }
}
