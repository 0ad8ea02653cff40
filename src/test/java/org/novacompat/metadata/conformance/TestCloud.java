// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.conformance;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.novacompat.metadata.conformance.ConformanceRecording.Cell;
import org.novacompat.metadata.fixture.RunningService;
import org.novacompat.metadata.fixture.SharedDatabase;
import org.novacompat.metadata.fixture.TestDatabase;

/**
 * A nova of two cells, its tables empty, and built servers on it that are configured as the
 * recorded nova was: signed proxy headers, Zed's API, the options of {@code
 * conformance/cloud/nova.conf} and the vendor data of {@code conformance/cloud/vendordata.json}.
 */
public final class TestCloud implements AutoCloseable {
  private static final Path CONFORMANCE = Path.of("src/test/resources/conformance/cloud");
  private static final Path TABLES = Path.of("migrations/nova");
  private static final String SECRET = "conformance secret";
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final Path folder;
  private final Map<Cell, TestDatabase> servers;
  private final String name = "cloud" + COUNT.incrementAndGet();
  private final int port;
  private Optional<RunningService> service = Optional.empty();

  private TestCloud(Path folder, Map<Cell, TestDatabase> servers) throws IOException {
    this.folder = folder;
    this.servers = servers;
    this.port = RunningService.freePort();
  }

  /** The databases and a server on them. */
  public static TestCloud start(Path folder) throws Exception {
    return start(folder, "");
  }

  /** The same with more in its nova.conf. */
  public static TestCloud start(Path folder, String more) throws Exception {
    TestCloud cloud = databases(folder, more);
    cloud.service = Optional.of(cloud.node(cloud.port));
    return cloud;
  }

  /** The databases alone, for nodes that the caller starts. */
  public static TestCloud databases(Path folder, String more) throws Exception {
    TestDatabase shared = SharedDatabase.get();
    return on(shared, shared, folder, more);
  }

  /** The API database and the first cell on one server, the second cell on another. */
  public static TestCloud on(TestDatabase first, TestDatabase second, Path folder, String more)
      throws Exception {
    TestCloud cloud =
        new TestCloud(folder, new EnumMap<>(Map.of(Cell.FIRST, first, Cell.SECOND, second)));
    cloud.createTables();
    Files.writeString(folder.resolve("nova.conf"), cloud.configuration() + more);
    return cloud;
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
        folder.resolve("nova.conf").toString());
  }

  /** Where guests' requests to its own server go. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** The secret that the proxy's headers are signed with. */
  public String sharedSecret() {
    return SECRET;
  }

  /** The JDBC URL, with user and password, of the API database. */
  public String apiDatabase() {
    return servers.get(Cell.FIRST).jdbc(api());
  }

  /** The JDBC URL, with user and password, of a cell's database. */
  public String cellDatabase(Cell cell) {
    return servers.get(cell).jdbc(nameOf(cell));
  }

  /** The id of a cell's row in {@code cell_mappings}. */
  public long cellMapping(Cell cell) {
    return cell.ordinal() + 1L;
  }

  /** Executes statements in a cell's database. */
  public void execute(Cell cell, String sql) throws SQLException {
    servers.get(cell).execute(nameOf(cell), sql);
  }

  /** Ends its own server. */
  @Override
  public void close() {
    service.ifPresent(RunningService::close);
  }

  private void createTables() throws IOException, SQLException {
    servers.get(Cell.FIRST).createDatabase(api(), TABLES.resolve("api.sql"));
    for (Cell cell : Cell.values()) {
      servers.get(cell).createDatabase(nameOf(cell), TABLES.resolve("cell.sql"));
      map(cell);
      makeZed(cell);
    }
  }

  /** What the recorded nova has in its databases: {@code api_release} need not say so. */
  private void makeZed(Cell cell) throws SQLException {
    execute(
        cell,
        """
        INSERT INTO alembic_version (version_num) VALUES ('ccb0fa1a2252');
        INSERT INTO services (created_at, host, `binary`, report_count, disabled, deleted,
          last_seen_up, forced_down, version)
        VALUES (UTC_TIMESTAMP(), 'conductor', 'nova-conductor', 1, 0, 0, UTC_TIMESTAMP(), 0, 64)
        """);
  }

  /** The first cell by its address, the second by a template unless it is on another server. */
  private void map(Cell cell) throws SQLException {
    boolean hasOwnAddress = cell == Cell.FIRST || servers.get(cell) != servers.get(Cell.FIRST);
    String connection =
        hasOwnAddress
            ? servers.get(cell).connection(nameOf(cell))
            : "{scheme}://{username}:{password}@{hostname}:{port}/%s?charset=utf8"
                .formatted(nameOf(cell));
    servers
        .get(Cell.FIRST)
        .execute(
            api(),
            """
            INSERT INTO cell_mappings (id, uuid, name, transport_url, database_connection, disabled)
            VALUES (%1$d, '00000000-0000-4000-8000-00000000000%1$d', '%2$s', 'none:///', '%3$s', 0)
            """
                .formatted(cellMapping(cell), cell, connection));
  }

  private String api() {
    return name + "_api";
  }

  private String nameOf(Cell cell) {
    return name + "_" + cell.name().toLowerCase(Locale.ROOT);
  }

  private String configuration() {
    TestDatabase first = servers.get(Cell.FIRST);
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
            first.connection(api()),
            first.connection(nameOf(Cell.FIRST)),
            SECRET);
  }
}
