// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.survival;

import org.novacompat.metadata.conformance.GuestDatabases;
import org.novacompat.metadata.fixture.DatabaseServer;
import org.novacompat.metadata.fixture.RunningService;
import org.novacompat.metadata.conformance.KnownAnswer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.novacompat.metadata.conformance.ConformanceRecording.Cell;

/** Two database servers, one with the API database and the first cell, one with the second cell. */
final class SurvivalCloud implements GuestDatabases, AutoCloseable {
  static final String CELL = "nova";

  private static final Path CONFORMANCE = Path.of("src/test/resources/conformance/cloud");
  private static final Path TABLES = Path.of("migrations/nova");
  private static final String SECRET = "survival secret";
  private static final String API = "nova_api";

  private final Path folder;
  private final DatabaseServer first;
  private final DatabaseServer second;

  private SurvivalCloud(Path folder, DatabaseServer first, DatabaseServer second) {
    this.folder = folder;
    this.first = first;
    this.second = second;
  }

  static SurvivalCloud start(Path folder) throws Exception {
    SurvivalCloud cloud =
        new SurvivalCloud(
            folder,
            DatabaseServer.create(folder.resolve("first")),
            DatabaseServer.create(folder.resolve("second")));
    try {
      cloud.first.createDatabase(API, TABLES.resolve("api.sql"));
      for (Cell cell : Cell.values()) {
        cloud.database(cell).createDatabase(CELL, TABLES.resolve("cell.sql"));
        cloud.map(cell);
      }
      return cloud;
    } catch (Exception e) {
      cloud.close();
      throw e;
    }
  }

  /** The server with a cell's database; the first cell's has the API database too. */
  DatabaseServer database(Cell cell) {
    return cell == Cell.FIRST ? first : second;
  }

  /**
   * The built server on these databases.
   *
   * @param service its process
   * @param address where it listens
   */
  record Node(RunningService service, URI address) implements AutoCloseable {
    /** Has guests ask, all at the same time. */
    List<Crowd.Got> answers(List<KnownAnswer> questions) throws Exception {
      return Crowd.asks(address, SECRET, questions);
    }

    @Override
    public void close() {
      service.close();
    }
  }

  /** Starts one, with the seconds of {@code metadata_cache_expiration} and of stale answers. */
  Node node(int expiration, int serveStale) throws Exception {
    int port = RunningService.freePort();
    Path conf =
        Files.writeString(
            folder.resolve(port + ".conf"), configuration(port, expiration, serveStale));
    RunningService service =
        RunningService.start(
            folder,
            Map.of(),
            "--config-file",
            CONFORMANCE.resolve("nova.conf").toString(),
            "--config-file",
            conf.toString());
    return new Node(service, URI.create("http://127.0.0.1:" + port));
  }

  @Override
  public String apiDatabase() {
    return first.jdbc(API);
  }

  @Override
  public String cellDatabase(Cell cell) {
    return database(cell).jdbc(CELL);
  }

  @Override
  public long cellMapping(Cell cell) {
    return cell.ordinal() + 1L;
  }

  @Override
  public void close() {
    first.close();
    second.close();
  }

  private void map(Cell cell) throws SQLException {
    first.execute(
        API,
        """
        INSERT INTO cell_mappings (id, uuid, name, transport_url, database_connection, disabled)
        VALUES (%1$d, '00000000-0000-4000-8000-00000000000%1$d', '%2$s', 'none:///', '%3$s', 0)
        """
            .formatted(cell.ordinal() + 1, cell, database(cell).connection(CELL)));
  }

  private String configuration(int port, int expiration, int serveStale) {
    return """
    [DEFAULT]
    metadata_listen = 127.0.0.1
    metadata_listen_port = %d
    enabled_apis = metadata
    [api]
    metadata_cache_expiration = %d
    vendordata_jsonfile_path = %s
    [api_database]
    connection = %s
    [database]
    connection = %s
    [neutron]
    service_metadata_proxy = true
    metadata_proxy_shared_secret = %s
    [nova_compat]
    api_release = zed
    serve_stale_seconds = %d
    """
        .formatted(
            port,
            expiration,
            CONFORMANCE.resolve("vendordata.json").toAbsolutePath(),
            first.connection(API),
            first.connection(CELL),
            SECRET,
            serveStale);
  }
}
