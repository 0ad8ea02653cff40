// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.migrate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One step from a version to the next, and back: {@code VERSION-NAME.up.sql} and {@code
 * VERSION-NAME.down.sql}. A statement ends with a semicolon at the end of a line; {@code ${cell}}
 * and {@code ${own}} stand for the two databases. Since MariaDB and MySQL commit at every {@code
 * CREATE}, each statement must bear to be executed again.
 *
 * @param version the version that it leads to, from 1
 * @param name what it is about
 * @param up the statements that lead there
 * @param down the statements that lead back
 */
record Migration(int version, String name, List<String> up, List<String> down) {
  private static final Pattern UP = Pattern.compile("(?<version>[1-9]\\d{0,8})-(.+)\\.up\\.sql");

  /**
   * Reads the migrations of a folder.
   *
   * @return all there are, by version
   * @throws IOException when one cannot be read
   */
  static List<Migration> in(Path folder) throws IOException {
    List<Migration> migrations = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Matcher name = UP.matcher(file.getFileName().toString());
        if (name.matches()) {
          migrations.add(read(file, Integer.parseInt(name.group("version")), name.group(2)));
        }
      }
    }
    migrations.sort(Comparator.comparing(Migration::version));
    return List.copyOf(migrations);
  }

  private static Migration read(Path up, int version, String name) throws IOException {
    Path down = up.resolveSibling(version + "-" + name + ".down.sql");
    return new Migration(version, name, statements(up), statements(down));
  }

  private static List<String> statements(Path file) throws IOException {
    String sql =
        Files.readString(file)
            .lines()
            .filter(line -> !line.startsWith("--"))
            .collect(Collectors.joining("\n"));
    return Arrays.stream(sql.split(";(?:\n|$)"))
        .map(String::strip)
        .filter(statement -> !statement.isEmpty())
        .toList();
  }
}
