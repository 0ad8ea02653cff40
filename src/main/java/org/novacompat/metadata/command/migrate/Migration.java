// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.migrate;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * One step from a version to the next, and back: {@code VERSION-NAME.up.sql} and {@code
 * VERSION-NAME.down.sql}, numbered from 1. A statement ends with a semicolon at the end of a line;
 * {@code ${cell}} and {@code ${own}} stand for the two databases. Since MariaDB and MySQL commit at
 * every {@code CREATE}, each statement can be executed again.
 *
 * @param version the version that it leads to
 * @param name what it is about
 * @param up the statements that lead there
 * @param down the statements that lead back
 */
record Migration(int version, String name, List<String> up, List<String> down) {
  private static final String UP = ".up.sql";

  /**
   * Reads all migrations of cells.
   *
   * @param home the folder {@code migrations} of this product
   * @return all there are, by version: that of the last is their number
   * @throws IOException when one cannot be read
   */
  static List<Migration> in(Path home) throws IOException {
    Path folder = home.resolve("nova-compat").resolve("cell");
    List<Migration> migrations = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + UP)) {
      for (Path file : files) {
        String name = file.getFileName().toString().replace(UP, "");
        migrations.add(
            new Migration(
                Integer.parseInt(name.split("-")[0]),
                name.split("-", 2)[1],
                statements(file),
                statements(folder.resolve(name + ".down.sql"))));
      }
    }
    migrations.sort(Comparator.comparing(Migration::version));
    return List.copyOf(migrations);
  }

  private static List<String> statements(Path file) throws IOException {
    String sql = Files.readString(file).replaceAll("(?m)^--.*\n", "");
    return Stream.of(sql.split(";(?:\n|$)")).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }
}
