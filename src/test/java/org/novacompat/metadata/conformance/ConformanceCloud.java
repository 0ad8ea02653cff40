// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.conformance;

import org.novacompat.metadata.fixture.RunningService;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.novacompat.metadata.conformance.ConformanceRecording.Cell;
import org.novacompat.metadata.command.serve.EmbeddedDatabase;

/** The built server, configured as the recorded nova was, on a real MariaDB with empty tables. */
public final class ConformanceCloud implements GuestEndpoint, AutoCloseable {
  private static final Path CONFORMANCE = Path.of("src/test/resources/conformance/cloud");
  private static final Path TABLES = Path.of("migrations/nova");
  private static final String SECRET = "conformance secret";
  private static final String API = "nova_api";

  private final EmbeddedDatabase database;
  private final Path folder;
  private final Path conf;
  private final int port;
  private Optional<RunningService> service = Optional.empty();

  private ConformanceCloud(EmbeddedDatabase database, Path folder, Path conf, int port) {
    this.database = database;
    this.folder = folder;
    this.conf = conf;
    this.port = port;
  }

  public static ConformanceCloud start(Path folder) throws Exception {
    return start(folder, "");
  }

  /** Starts it with more in its nova.conf. */
  public static ConformanceCloud start(Path folder, String more) throws Exception {
    ConformanceCloud cloud = databases(folder, more);
    try {
      cloud.service = Optional.of(cloud.node(cloud.port));
      return cloud;
    } catch (Exception e) {
      cloud.close();
      throw e;
    }
  }

  /** The databases alone, for nodes that the caller starts. */
  public static ConformanceCloud databases(Path folder, String more) throws Exception {
    EmbeddedDatabase database =
        EmbeddedDatabase.start(Path.of("target", "mariadb-integration").toAbsolutePath());
    try {
      createTables(database);
      int port = RunningService.freePort();
      Path conf =
          Files.writeString(folder.resolve("nova.conf"), configuration(database, port) + more);
      return new ConformanceCloud(database, folder, conf, port);
    } catch (Exception e) {
      database.close();
      throw e;
    }
  }

  /** Starts a server on these databases, which the caller ends. */
  public RunningService node(int listening) throws Exception {
    return node(listening, Map.of());
  }

  /** Starts a server with other options, as the environment has them. */
  public RunningService node(int listening, Map<String, String> options) throws Exception {
    return node(listening, List.of(), options);
  }

  /** The same by another command, which replaces itself with the one that follows it. */
  public RunningService node(int listening, List<String> wrapper, Map<String, String> options)
      throws Exception {
    Map<String, String> environment = new HashMap<>(options);
    environment.put("OS_DEFAULT__METADATA_LISTEN_PORT", String.valueOf(listening));
    return RunningService.startBy(
        wrapper,
        folder,
        environment,
        "--config-file",
        CONFORMANCE.resolve("nova.conf").toString(),
        "--config-file",
        conf.toString());
  }

  @Override
  public URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }

  @Override
  public String sharedSecret() {
    return SECRET;
  }

  @Override
  public String apiDatabase() {
    return jdbc(database, API);
  }

  @Override
  public String cellDatabase(Cell cell) {
    return jdbc(database, nameOf(cell));
  }

  @Override
  public long cellMapping(Cell cell) {
    return cell.ordinal() + 1L;
  }

  @Override
  public void close() {
    service.ifPresent(RunningService::close);
    database.close();
  }

  private static void createTables(EmbeddedDatabase database) throws IOException, SQLException {
    database.createDatabase(API);
    database.apply(TABLES.resolve("api.sql"), API);
    for (Cell cell : Cell.values()) {
      database.createDatabase(nameOf(cell));
      database.apply(TABLES.resolve("cell.sql"), nameOf(cell));
      map(database, cell);
      makeZed(database, cell);
    }
  }

  /** What the recorded nova has in its databases: {@code api_release} need not say so. */
  private static void makeZed(EmbeddedDatabase database, Cell cell) throws SQLException {
    try (Connection connection = DriverManager.getConnection(jdbc(database, nameOf(cell)));
        Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO alembic_version (version_num) VALUES ('ccb0fa1a2252')");
      statement.execute(
          """
          INSERT INTO services (created_at, host, `binary`, report_count, disabled, deleted,
            last_seen_up, forced_down, version)
          VALUES (UTC_TIMESTAMP(), 'conductor', 'nova-conductor', 1, 0, 0, UTC_TIMESTAMP(), 0, 64)
          """);
    }
  }

  /** The first cell by its address, the second by a template. */
  private static void map(EmbeddedDatabase database, Cell cell) throws SQLException {
    String connection =
        cell == Cell.FIRST
            ? database.connection(nameOf(cell))
            : "{scheme}://{username}:{password}@{hostname}:{port}/%s?charset=utf8"
                .formatted(nameOf(cell));
    try (Connection api = DriverManager.getConnection(jdbc(database, API));
        Statement statement = api.createStatement()) {
      statement.execute(
          """
          INSERT INTO cell_mappings (id, uuid, name, transport_url, database_connection, disabled)
          VALUES (%1$d, '00000000-0000-4000-8000-00000000000%1$d', '%2$s', 'none:///', '%3$s', 0)
          """
              .formatted(cell.ordinal() + 1, nameOf(cell), connection));
    }
  }

  private static String nameOf(Cell cell) {
    return "nova_" + cell.name().toLowerCase(java.util.Locale.ROOT);
  }

  private static String jdbc(EmbeddedDatabase database, String name) {
    return "jdbc:mariadb://127.0.0.1:%d/%s?user=%s&password=%s&sslMode=disable"
        .formatted(database.port(), name, database.user(), database.password());
  }

  private static String configuration(EmbeddedDatabase database, int port) {
    return """
    [DEFAULT]
    metadata_listen = 127.0.0.1
    metadata_listen_port = %d
    enabled_apis = metadata
    [api]
    metadata_cache_expiration = 15
    vendordata_jsonfile_path = %s
    [api_database]
    connection = %s
    [database]
    connection = %s
    [neutron]
    service_metadata_proxy = true
    metadata_proxy_shared_secret = %s
    """
        .formatted(
            port,
            CONFORMANCE.resolve("vendordata.json").toAbsolutePath(),
            database.connection(API),
            database.connection(nameOf(Cell.FIRST)),
            SECRET);
  }
}
