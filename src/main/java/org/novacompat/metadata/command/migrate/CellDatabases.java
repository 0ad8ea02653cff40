// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.migrate;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.novacompat.metadata.command.CommandException;
import org.novacompat.metadata.config.Catalogue;
import org.novacompat.metadata.config.CellUrlTemplate;
import org.novacompat.metadata.config.DatabaseUrl;
import org.novacompat.metadata.config.DerivedOptions;
import org.novacompat.metadata.config.NovaConf;

/**
 * Lists the cells' databases that the service finds: those of {@code cell_mappings}, cell0's too,
 * and that of {@code [database]}, each once.
 */
final class CellDatabases {
  private static final String MAPPINGS =
      "SELECT uuid, name, database_connection FROM cell_mappings ORDER BY id";

  private CellDatabases() {}

  /**
   * A cell's database.
   *
   * @param label what an operator knows it by
   * @param connection its URL, which need not be usable
   */
  record Cell(String label, String connection) {
    /**
     * Reads the URL.
     *
     * @throws CommandException when it is not usable
     */
    DatabaseUrl url() {
      try {
        return DatabaseUrl.parse(connection);
      } catch (IllegalArgumentException e) {
        throw new CommandException("its database_connection is not usable: " + e.getMessage(), e);
      }
    }

    /** The same for the same database. */
    private String place() {
      try {
        return url().place();
      } catch (CommandException e) {
        return label;
      }
    }
  }

  /**
   * Lists them.
   *
   * @throws CommandException when nova.conf names no database, or the API database cannot be asked
   */
  static Collection<Cell> of(NovaConf conf) {
    DatabaseUrl local =
        DerivedOptions.database(conf, Catalogue.DATABASE)
            .orElseThrow(() -> new CommandException("[database] connection is not set"));
    List<Cell> cells = new ArrayList<>();
    if (!conf.get(Catalogue.API.localMetadataPerCell)) {
      DerivedOptions.database(conf, Catalogue.API_DATABASE)
          .ifPresent(api -> cells.addAll(mapped(api, conf, local.source())));
    }
    cells.add(new Cell("[database]", local.source()));
    Map<String, Cell> byPlace = new LinkedHashMap<>();
    cells.forEach(cell -> byPlace.putIfAbsent(cell.place(), cell));
    return byPlace.values();
  }

  private static List<Cell> mapped(DatabaseUrl api, NovaConf conf, String local) {
    try (Connection connection =
            CompanionDatabase.connect(
                api, DerivedOptions.connectionOptions(conf, Catalogue.API_DATABASE));
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(MAPPINGS)) {
      List<Cell> cells = new ArrayList<>();
      while (row.next()) {
        String name = Objects.toString(row.getString("name"), "");
        cells.add(
            new Cell(
                "cell " + row.getString("uuid") + (name.isEmpty() ? "" : "(" + name + ")"),
                filled(Objects.toString(row.getString("database_connection"), ""), local)));
      }
      return cells;
    } catch (SQLException | IllegalArgumentException e) {
      throw new CommandException("[api_database] " + api + ": " + e.getMessage(), e);
    }
  }

  /** As in nova, what cannot be filled in is taken as it stands. */
  private static String filled(String connection, String local) {
    try {
      return new CellUrlTemplate(local).fill(connection);
    } catch (IllegalArgumentException e) {
      return connection;
    }
  }
}
