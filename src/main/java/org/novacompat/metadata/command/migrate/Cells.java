// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.migrate;

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
  private final NovaConf conf;
  private final Map<String, Cell> byPlace = new LinkedHashMap<>();

  private Cells(NovaConf conf) {
    this.conf = conf;
  }

  /**
   * A cell's database.
   *
   * @param label what an operator knows it by
   * @param database where it is; empty when that is not usable
   * @param flaw why not, for the operator
   */
  record Cell(String label, Optional<DatabaseUrl> database, String flaw) {
    static Cell at(String label, DatabaseUrl database) {
      return new Cell(label, Optional.of(database), "");
    }

    static Cell flawed(String label, String flaw) {
      return new Cell(label, Optional.empty(), flaw);
    }
  }

  /**
   * Finds them.
   *
   * @throws MigrateException when nova.conf names no database, or the API database cannot be asked
   */
  static Collection<Cell> of(NovaConf conf) throws MigrateException {
    DatabaseUrl local =
        Combined.database(conf)
            .orElseThrow(() -> new MigrateException("[database] connection is not set"));
    Cells cells = new Cells(conf);
    Optional<DatabaseUrl> api = Combined.apiDatabase(conf);
    if (api.isPresent() && !conf.get(Catalogue.LOCAL_METADATA_PER_CELL)) {
      cells.addMapped(api.get(), local.source());
    }
    cells.add(local.place(), Cell.at("[database]", local));
    return cells.byPlace.values();
  }

  private void addMapped(DatabaseUrl api, String local) throws MigrateException {
    try (Connection connection = CellServer.connect(api, Combined.apiConnectionOptions(conf));
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT uuid, name, database_connection FROM cell_mappings ORDER BY id")) {
      while (row.next()) {
        String name = Optional.ofNullable(row.getString(2)).orElse("");
        String label = "cell " + row.getString(1) + (name.isEmpty() ? "" : "(" + name + ")");
        addMapped(label, Optional.ofNullable(row.getString(3)).orElse(""), local);
      }
    } catch (SQLException e) {
      throw new MigrateException("[api_database] " + api + ": " + e.getMessage(), e);
    }
  }

  private void addMapped(String label, String connection, String local) {
    try {
      DatabaseUrl url = DatabaseUrl.parse(filled(connection, local));
      add(url.place(), Cell.at(label, url));
    } catch (IllegalArgumentException e) {
      add(label, Cell.flawed(label, "its database_connection is not usable: " + e.getMessage()));
    }
  }

  /** As nova does, what cannot be filled in is taken as it stands. */
  private static String filled(String connection, String local) {
    try {
      return new CellUrlTemplate(local).fill(connection);
    } catch (IllegalArgumentException e) {
      return connection;
    }
  }

  private void add(String place, Cell cell) {
    byPlace.putIfAbsent(place, cell);
  }
}
