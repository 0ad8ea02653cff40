// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.serve;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import org.novacompat.metadata.command.CommandException;
import org.novacompat.metadata.command.migrate.CompanionDatabase;
import org.novacompat.metadata.config.DatabaseUrl;

/**
 * Provides what {@code --demo} serves: a MariaDB with nova's tables, three invented instances in
 * two cells, and a nova.conf that identifies guests by their address, so that this host's addresses
 * 127.0.0.1 to 127.0.0.3 are the guests.
 */
final class Demo implements AutoCloseable {
  private static final String API = "nova_api";
  private static final String CELL0 = "nova_cell0";
  private static final String CELL1 = "nova_cell1";
  private static final String CELL2 = "nova_cell2";

  private final StateFolder state;
  private final EmbeddedDatabase database;
  private final Path configuration;

  private Demo(StateFolder state, EmbeddedDatabase database, Path configuration) {
    this.state = state;
    this.database = database;
    this.configuration = configuration;
  }

  static Demo start(Installation installation, PrintStream console) throws IOException {
    StateFolder state =
        installation.state("demo", Path.of(System.getProperty("user.home"), ".cache"));
    Path folder = state.path().toAbsolutePath();
    console.println(
        "Starting a MariaDB in " + folder + " (the first time, this takes some ten seconds)");
    EmbeddedDatabase database = EmbeddedDatabase.start(folder.resolve("mariadb"));
    try {
      fill(database, installation.migrations());
      return new Demo(state, database, writeConfiguration(database, folder.resolve("nova.conf")));
    } catch (IOException | CommandException e) {
      database.close();
      throw e;
    }
  }

  Path configuration() {
    return configuration;
  }

  void explain(PrintStream console, String host, int port) {
    String base = "http://" + ListenAddress.authority(host, port);
    console.printf(
        """

        Three instances are served, known by the address that a request comes from. Try:
          curl %1$s/
          curl %1$s/openstack/latest/meta_data.json
          curl %1$s/openstack/latest/network_data.json
          curl %1$s/latest/meta-data/
          curl %1$s/meta-data/
          curl %1$s/spec-meta-data
          curl --interface 127.0.0.2 %1$s/openstack/latest/meta_data.json
          curl --interface 127.0.0.2 %1$s/latest/meta-data/block-device-mapping/
          curl --interface 127.0.0.3 %1$s/openstack/latest/meta_data.json
          curl --interface 127.0.0.3 %1$s/openstack/content/0000
        Ctrl-C ends it.
        """,
        base);
  }

  @Override
  public void close() throws IOException {
    database.close();
    state.close();
  }

  private static void fill(EmbeddedDatabase database, Path migrations) throws IOException {
    database.createDatabase(API);
    database.apply(migrations.resolve("nova/api.sql"), API);
    for (String cell : List.of(CELL0, CELL1, CELL2)) {
      database.createDatabase(cell);
      database.apply(migrations.resolve("nova/cell.sql"), cell);
      addCustomMetadataTable(database, cell, migrations);
    }
    database.apply(migrations.resolve("demo/api.sql"), API);
    database.apply(migrations.resolve("demo/cell1.sql"), CELL1);
    database.apply(migrations.resolve("demo/cell2.sql"), CELL2);
    database.apply(migrations.resolve("demo/custom_metadata.sql"), CELL1);
  }

  private static void addCustomMetadataTable(
      EmbeddedDatabase database, String cell, Path migrations) throws IOException {
    database.createDatabase(CompanionDatabase.nameBeside(cell));
    try (CompanionDatabase server =
        CompanionDatabase.open(DatabaseUrl.parse(database.connection(cell)), migrations)) {
      server.up();
    } catch (SQLException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static Path writeConfiguration(EmbeddedDatabase database, Path file) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.writeString(
        file,
        """
        # Written by nova-api-metadata --demo; it lasts until the next one.
        [DEFAULT]
        metadata_listen = 127.0.0.1
        metadata_listen_port = 8775
        enabled_apis = metadata
        [api]
        dhcp_domain = novalocal
        [api_database]
        connection = %s
        [database]
        connection = %s
        [neutron]
        service_metadata_proxy = false
        [esurfing]
        region_id = demo
        """
            .formatted(database.connection(API), database.connection(CELL0)));
  }
}
