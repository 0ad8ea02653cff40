// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.migrate;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.novacompat.metadata.config.Catalogue;
import org.novacompat.metadata.config.CellUrlTemplate;
import org.novacompat.metadata.config.Combined;
import org.novacompat.metadata.config.DatabaseUrl;
import org.novacompat.metadata.config.NovaConf;

/**
 * The cells' databases, as the service finds them: those of {@code cell_mappings}, cell0's too, and
 * that of {@code [database]}, each once.
 */
final class Cells {
  private final Map<String, Cell> byAddress = new LinkedHashMap<>();

  private Cells() {}

  /**
   * A cell's database.
   *
   * @param label what an operator knows it by
   * @param database where it is
   */
  record Cell(String label, DatabaseUrl database) {}

  /**
   * Finds them.
   *
   * @throws MigrateException when nova.conf names no database, or the API database cannot be asked
   */
  static Collection<Cell> of(NovaConf conf) throws MigrateException {
    DatabaseUrl local =
        Combined.database(conf)
            .orElseThrow(() -> new MigrateException("[database] connection is not set"));
    Cells cells = new Cells();
    Optional<DatabaseUrl> api = Combined.apiDatabase(conf);
    if (api.isPresent() && !conf.get(Catalogue.LOCAL_METADATA_PER_CELL)) {
      cells.addMapped(api.get(), new CellUrlTemplate(local.source()));
    }
    cells.add(new Cell("[database]", local));
    return cells.byAddress.values();
  }

  private void addMapped(DatabaseUrl api, CellUrlTemplate template) throws MigrateException {
    try (Connection connection = CellServer.connect(api);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT uuid, name, database_connection FROM cell_mappings ORDER BY id")) {
      while (row.next()) {
        String name = Optional.ofNullable(row.getString(2)).orElse("");
        String label = "cell " + row.getString(1) + (name.isEmpty() ? "" : "(" + name + ")");
        add(new Cell(label, url(label, row.getString(3), template)));
      }
    } catch (SQLException e) {
      throw new MigrateException("[api_database] " + api + ": " + e.getMessage(), e);
    }
  }

  private static DatabaseUrl url(String label, String connection, CellUrlTemplate template)
      throws MigrateException {
    try {
      return DatabaseUrl.parse(template.fill(Optional.ofNullable(connection).orElse("")));
    } catch (IllegalArgumentException e) {
      throw new MigrateException(
          label + ": its database_connection is not usable: " + e.getMessage(), e);
    }
  }

  private void add(Cell cell) {
    byAddress.putIfAbsent(
        cell.database().jdbcUrl().replaceFirst("\\?.*", "")
            + cell.database().query().getOrDefault("unix_socket", ""),
        cell);
  }
}
