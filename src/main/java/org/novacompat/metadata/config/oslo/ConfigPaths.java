// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config.oslo;

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
 * Where nova's configuration is found, in the order in which later files win ({@code
 * oslo_config/cfg.py: _parse_config_files, find_config_files, find_config_dirs}; {@code
 * nova/api/openstack/wsgi_app.py: _get_config_files}).
 *
 * @param root the root of the file system, under which {@code /etc} and {@code /usr/share} are
 *     looked at; another one in tests
 * @param environment the environment
 */
public record ConfigPaths(Path root, Map<String, String> environment) {

  /** The system property by which tests put another root before {@code /etc} and the like. */
  public static final String ROOT_PROPERTY = "nova-compat.root";

  private static final Path HOME = Path.of("~");
  private static final String PROJECT = "nova";
  private static final String PASTE_FILE = "api-paste.ini";
  private static final List<String> NAMES = List.of(PROJECT, "nova-api-metadata");

  /** Files for nova's WSGI applications, separated by semicolons. */
  private static final String WSGI_FILES = "OS_NOVA_CONFIG_FILES";

  /** Where those files are. */
  private static final String WSGI_DIRECTORY = "OS_NOVA_CONFIG_DIR";

  /** The paths of this machine. */
  public static ConfigPaths here(Map<String, String> environment) {
    return new ConfigPaths(Path.of(System.getProperty(ROOT_PROPERTY, "/")), environment);
  }

  /**
   * The files and directories that are read before those given: where no file, or no directory, is
   * given, those that are found.
   *
   * @param files the files given; one that is a directory counts as such
   * @param directories the directories given
   */
  public List<Path> before(List<Path> files, List<Path> directories) {
    List<Path> given = Stream.concat(files.stream(), directories.stream()).toList();
    List<Path> paths = new ArrayList<>();
    if (given.stream().allMatch(Files::isDirectory)) {
      paths.addAll(unnamedFiles());
    }
    if (directories.isEmpty() && given.stream().noneMatch(Files::isDirectory)) {
      paths.addAll(found(".conf.d"));
    }
    return paths;
  }

  /**
   * Where a file is looked for that the configuration names: in the directories that were read, in
   * those of the files, the last first, then in the usual places.
   *
   * @param read the files and directories that were read
   */
  public List<Path> beside(List<Path> read) {
    List<Path> beside = new ArrayList<>(read.stream().filter(Files::isDirectory).toList());
    for (int i = read.size() - 1; i >= 0; i--) {
      if (!Files.isDirectory(read.get(i))) {
        beside.add(read.get(i).toAbsolutePath().getParent());
      }
    }
    beside.addAll(places());
    return beside;
  }

  /** The paths in a list such as {@code PATH} is. */
  public static List<Path> split(String paths) {
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

  /**
   * The path without {@code ~} at its beginning, which is the user's home ({@code
   * oslo_config/cfg.py: _fixpath}).
   */
  Path expanded(Path path) {
    return path.startsWith(HOME) ? home().resolve(HOME.relativize(path)) : path;
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  /** The files where none is given: those of the environment, or else those that are found. */
  private List<Path> unnamedFiles() {
    Optional<String> files = variable(WSGI_FILES);
    Optional<Path> directory = variable(WSGI_DIRECTORY).map(String::strip).map(Path::of);
    if (files.isEmpty() && directory.isEmpty()) {
      return foundFiles();
    }
    Path where = directory.orElse(etc().resolve(PROJECT));
    return files
        .map(names -> Stream.of(names.split(";")).filter(name -> !name.isEmpty()))
        .orElseGet(() -> Stream.of(PASTE_FILE, "nova.conf").filter(name -> isNeeded(where, name)))
        .map(where::resolve)
        .map(this::expanded)
        .toList();
  }

  /** nova reads api-paste.ini as a part of its configuration, too; it may be missing here. */
  private boolean isNeeded(Path where, String name) {
    return !name.equals(PASTE_FILE) || Files.exists(expanded(where.resolve(name)));
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  /** RDO's oslo.config reads a file of the distribution's before the operator's. */
  private List<Path> foundFiles() {
    List<Path> files = new ArrayList<>(found(".conf"));
    if (files.isEmpty()) {
      files.add(etc().resolve("nova/nova.conf"));
    }
    Path ofDistribution = root.resolve("usr/share/nova/nova-dist.conf");
    if (Files.exists(ofDistribution)) {
      files.add(0, ofDistribution);
    }
    return files;
  }

  private List<Path> found(String extension) {
    return NAMES.stream()
        .map(
            name ->
                places().stream()
                    .map(place -> place.resolve(name + extension))
                    .filter(Files::exists)
                    .findFirst())
        .flatMap(Optional::stream)
        .toList();
  }

  private List<Path> places() {
    Stream<Path> usual =
        Stream.of(home().resolve("." + PROJECT), home(), etc().resolve(PROJECT), etc());
    Stream<Path> snap =
        Stream.of("SNAP_COMMON", "SNAP")
            .flatMap(name -> variable(name).stream())
            .map(path -> Path.of(path, "etc", PROJECT));
    return Stream.concat(usual, snap).toList();
  }

  private Path home() {
    return Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")));
  }

  private Path etc() {
    return root.resolve("etc");
  }
}
