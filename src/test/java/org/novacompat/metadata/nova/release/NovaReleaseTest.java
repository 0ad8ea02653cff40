// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.novacompat.metadata.nova.DemoCloud.NUMA;
import static org.novacompat.metadata.nova.DemoCloud.PLAIN;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.novacompat.metadata.config.ApiRelease;
import org.novacompat.metadata.config.DatabaseUrl;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.nova.DemoCloud;
import org.novacompat.metadata.nova.OnDemoCloud;
import org.novacompat.metadata.nova.Wire;
import org.novacompat.metadata.nova.database.NovaDatabaseSettings;
import org.novacompat.metadata.nova.instances.NovaInstances;

/** The release as rows on a real MariaDB tell it. */
class NovaReleaseTest extends OnDemoCloud {
  private static final Logger LOG = Logger.getLogger(NovaRelease.class.getName());
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final List<String> CELLS = List.of("nova_cell0", "nova_cell1", "nova_cell2");

  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final Queue<ApiRelease> presented = new ConcurrentLinkedQueue<>();
  private final Handler listener =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          lines.add(line.getLevel() + " " + new SimpleFormatter().formatMessage(line));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };
  private Optional<NovaRelease> release = Optional.empty();
  private Optional<Wire> wire = Optional.empty();

  @BeforeEach
  void listen() {
    LOG.addHandler(listener);
    LOG.setUseParentHandlers(false);
  }

  @AfterEach
  void stopListening() throws Exception {
    release.ifPresent(NovaRelease::close);
    LOG.removeHandler(listener);
    LOG.setUseParentHandlers(true);
    if (wire.isPresent()) {
      wire.get().close();
    }
  }

  private NovaRelease read() throws Exception {
    return read(NovaRelease.Intervals.USUAL);
  }

  /** A machine that is busy may need more than one reading. */
  private NovaRelease read(NovaRelease.Intervals pace) throws Exception {
    NovaRelease reading = open(pace);
    long start = System.nanoTime();
    while (reading.known().isEmpty()) {
      assertTrue(since(start).compareTo(LONG) < 0, lines::toString);
      Thread.sleep(20);
    }
    return reading;
  }

  private NovaRelease open(NovaRelease.Intervals pace) throws Exception {
    release = Optional.of(NovaRelease.open(database, presented::add, pace));
    return release.get();
  }

  /** Two computes and a conductor in the first cell, and nothing in the second. */
  private static void services(int conductor, int oneCompute, int otherCompute) throws Exception {
    for (String cell : CELLS) {
      cloud.change("DELETE FROM " + cell + ".services");
    }
    service("nova-conductor", "a", conductor);
    service("nova-compute", "b", oneCompute);
    service("nova-compute", "c", otherCompute);
  }

  private static void service(String binary, String host, int version) throws Exception {
    cloud.change(
        ("INSERT INTO nova_cell1.services (created_at, host, `binary`, report_count, disabled,"
                + " deleted, last_seen_up, forced_down, version) VALUES ('2024-01-01', '%s', '%s', 7,"
                + " 0, 0, UTC_TIMESTAMP(), 0, %d)")
            .formatted(host, binary, version));
  }

  private static void schema(String cell, String api) throws Exception {
    for (String database : CELLS) {
      cloud.change("DELETE FROM " + database + ".alembic_version");
      cloud.change("INSERT INTO " + database + ".alembic_version VALUES ('" + cell + "')");
    }
    cloud.change("UPDATE nova_api.alembic_version SET version_num = '" + api + "'");
  }

  /** As until Wallaby. */
  private static void numberedSchema(int cell, int api) throws Exception {
    for (String database : CELLS) {
      cloud.change("DROP TABLE " + database + ".alembic_version");
      migrated(database, cell);
    }
    cloud.change("DROP TABLE nova_api.alembic_version");
    migrated("nova_api", api);
  }

  private static void migrated(String database, int number) throws Exception {
    cloud.change(
        ("CREATE TABLE %1$s.migrate_version (repository_id varchar(250) NOT NULL PRIMARY KEY,"
                + " repository_path text, version int); INSERT INTO %1$s.migrate_version VALUES"
                + " ('nova', '/usr/lib', %2$d)")
            .formatted(database, number));
  }

  /** Leads the second cell over a wire that can be cut. */
  private Wire secondCellOverAWire() throws Exception {
    wire = Optional.of(Wire.to(cloud.port()));
    cloud.change(
        "UPDATE nova_api.cell_mappings SET database_connection = REPLACE(database_connection,"
            + " '{port}', '%d') WHERE name = 'cell2'".formatted(wire.get().port()));
    return wire.get();
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  @Test
  void isTheDemos() throws Exception {
    assertEquals(Optional.of(ApiRelease.GAZPACHO), read().known());
    assertEquals(
        List.of(
            "INFO Presenting the metadata API of 2026.1 (gazpacho): 4 services (nova-compute,"
                + " nova-conductor) have version 72, cell schema 2903cd72dc14"),
        List.copyOf(lines));
    assertEquals(List.of(ApiRelease.GAZPACHO), List.copyOf(presented));
  }

  @ParameterizedTest
  @CsvSource({
    "zed, 64, ccb0fa1a2252, b30f573d3377",
    "yoga, 61, 16f1fbcab42b, b30f573d3377",
    "2023.1, 66, 960aac0e09ea, b30f573d3377",
    "2023.2, 66, 1acf2c98e646, cdeec0c85668",
    "2024.1, 67, 13863f4e1612, cdeec0c85668",
    "2025.1, 68, 2903cd72dc14, cdeec0c85668",
  })
  void isThatOfServicesAndSchema(String name, int version, String cell, String api)
      throws Exception {
    services(version, version, version);
    schema(cell, api);
    assertEquals(Optional.of(ApiRelease.parse(name)), read().known());
  }

  @ParameterizedTest
  @CsvSource({"train, 40, 402, 67", "ussuri, 51, 407, 72", "wallaby, 56, 417, 82"})
  void isThatOfASchemaBeforeAlembic(String name, int version, int cell, int api) throws Exception {
    services(version, version, version);
    numberedSchema(cell, api);
    assertEquals(Optional.of(ApiRelease.parse(name)), read().known());
    assertTrue(lines.peek().endsWith(", cell schema " + cell), lines::toString);
  }

  @Test
  void whatAlembicLeftBehindSaysNothing() throws Exception {
    services(64, 64, 64);
    schema("ccb0fa1a2252", "b30f573d3377");
    for (String database : CELLS) {
      migrated(database, 422);
    }
    assertEquals(Optional.of(ApiRelease.ZED), read().known());
  }

  @Test
  void isTheOldestServicesAmidstAnUpgrade() throws Exception {
    services(67, 64, 67);
    schema("13863f4e1612", "cdeec0c85668");
    assertEquals(Optional.of(ApiRelease.ZED), read().known());
    assertEquals(
        "INFO Presenting the metadata API of zed: 1 of 3 services (nova-compute) has version 64, the"
            + " others are newer, cell schema 13863f4e1612",
        lines.peek());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "deleted = id",
        "forced_down = 1",
        "last_seen_up = UTC_TIMESTAMP() - INTERVAL 25 HOUR",
        "last_seen_up = NULL",
        "version = 0",
        "version = NULL",
        "`binary` = 'nova-metadata'",
        "`binary` = 'nova-osapi_compute'",
      })
  void aServiceThatIsNoMoreDoesNotCount(String how) throws Exception {
    services(67, 64, 67);
    schema("13863f4e1612", "cdeec0c85668");
    cloud.change("UPDATE nova_cell1.services SET " + how + " WHERE host = 'b'");
    assertEquals(Optional.of(ApiRelease.CARACAL), read().known());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "disabled = 1",
        "last_seen_up = UTC_TIMESTAMP() - INTERVAL 23 HOUR",
        "last_seen_up = NULL, created_at = UTC_TIMESTAMP()",
        "forced_down = NULL, deleted = NULL",
      })
  void aServiceThatIsThereCounts(String how) throws Exception {
    services(67, 64, 67);
    cloud.change("UPDATE nova_cell1.services SET " + how + " WHERE host = 'b'");
    assertEquals(Optional.of(ApiRelease.ZED), read().known());
  }

  @Test
  void isTheOldestServicesOfACloudThatIsDown() throws Exception {
    services(67, 66, 67);
    schema("13863f4e1612", "cdeec0c85668");
    cloud.change("UPDATE nova_cell1.services SET last_seen_up = '2024-02-02'");
    assertEquals(Optional.of(ApiRelease.ANTELOPE), read().known());
  }

  @Test
  void isTheSchemasWithoutServices() throws Exception {
    services(1, 1, 1);
    cloud.change("DELETE FROM nova_cell1.services");
    schema("16f1fbcab42b", "b30f573d3377");
    assertEquals(Optional.of(ApiRelease.YOGA), read().known());
  }

  @Test
  void isTheNewestThatThereIsWhereNothingTells() throws Exception {
    for (String database : CELLS) {
      cloud.change("DELETE FROM " + database + ".services");
      cloud.change("DROP TABLE " + database + ".alembic_version");
    }
    cloud.change("DELETE FROM nova_api.alembic_version");
    assertEquals(Optional.of(ApiRelease.latest()), read().known());
    assertEquals(
        "WARNING Presenting the metadata API of "
            + ApiRelease.latest()
            + ": no service is in the nova database, no schema revision",
        lines.peek());
  }

  @Test
  void isTheNewestThatThereIsWithoutThePrivilegeToSee() throws Exception {
    cloud.change("CREATE OR REPLACE USER blind@'127.0.0.1' IDENTIFIED BY 'pw'");
    cloud.change("GRANT SELECT ON nova_api.cell_mappings TO blind@'127.0.0.1'");
    for (String database : CELLS) {
      cloud.change("GRANT SELECT ON " + database + ".instances TO blind@'127.0.0.1'");
    }
    NovaDatabaseSettings nova = cloud.settings();
    open(
        new NovaDatabaseSettings(
            Optional.of(blind("nova_api")),
            DemoCloud.POOL,
            blind("nova_cell0"),
            nova.pool(),
            false));
    assertEquals(Optional.of(ApiRelease.latest()), read().known());
    assertTrue(
        lines.peek().startsWith("WARNING Presenting the metadata API of " + ApiRelease.latest())
            && lines.peek().contains("SELECT command denied to user 'blind'"),
        lines::toString);
    cloud.change("GRANT SELECT ON nova_cell1.services TO blind@'127.0.0.1'");
    cloud.change("UPDATE nova_cell1.services SET version = 64");
    release.get().close();
    assertEquals(Optional.of(ApiRelease.ZED), read().known());
  }

  private static DatabaseUrl blind(String database) {
    return DatabaseUrl.parse("mysql+pymysql://blind:pw@127.0.0.1:" + cloud.port() + "/" + database);
  }

  @Test
  void isThatOfTheOneDatabaseWhereNoOtherIsAsked() throws Exception {
    cloud.change("UPDATE nova_cell2.services SET version = 61");
    NovaDatabaseSettings nova = cloud.settings(cloud.connection("nova_cell2"));
    open(
        new NovaDatabaseSettings(
            nova.apiDatabase(), nova.apiPool(), nova.database(), nova.pool(), true));
    assertEquals(Optional.of(ApiRelease.YOGA), read().known());
  }

  @Test
  void isThatOfTheCellsThatAnswerUntilOthersDo() throws Exception {
    Wire second = secondCellOverAWire();
    cloud.change("UPDATE nova_cell2.services SET version = 64");
    second.block();
    long start = System.nanoTime();
    NovaRelease release = read();
    assertEquals(Optional.of(ApiRelease.GAZPACHO), release.known());
    assertTrue(since(start).compareTo(Duration.ofSeconds(8)) < 0, () -> since(start).toString());
    assertTrue(lines.peek().contains("; not yet asked: cell "), lines::toString);
    NovaInstances instances = new NovaInstances(database, Optional.of(release));
    assertTrue(instances.load(PLAIN).isPresent());
    assertThrows(StoreUnavailableException.class, () -> instances.load(NUMA));
    second.unblock();
    long returned = System.nanoTime();
    while (!isLoaded(instances, NUMA)) {
      assertTrue(since(returned).compareTo(LONG) < 0, "not within " + LONG);
      Thread.sleep(20);
    }
    assertEquals(Optional.of(ApiRelease.ZED), release.known());
    assertEquals(List.of(ApiRelease.GAZPACHO, ApiRelease.ZED), List.copyOf(presented));
    assertTrue(
        lines.stream()
            .anyMatch(
                line ->
                    line.startsWith(
                        "INFO From now on presenting the metadata API of zed: 2 of 4 services")),
        lines::toString);
  }

  private static boolean isLoaded(NovaInstances instances, String uuid) {
    try {
      return instances.load(uuid).isPresent();
    } catch (StoreUnavailableException e) {
      return false;
    }
  }

  @Test
  void noInstanceIsShownBeforeItIsKnown() throws Exception {
    wire = Optional.of(Wire.to(cloud.port()));
    NovaDatabaseSettings nova = cloud.settings();
    String api = cloud.connection("nova_api");
    open(
        new NovaDatabaseSettings(
            Optional.of(
                DatabaseUrl.parse(
                    api.replace(":" + cloud.port() + "/", ":" + wire.get().port() + "/"))),
            nova.apiPool(),
            nova.database(),
            nova.pool(),
            false));
    wire.get().block();
    NovaRelease release = open(NovaRelease.Intervals.USUAL);
    release.awaitFirstReading(LONG);
    assertEquals(Optional.empty(), release.known());
    assertTrue(lines.peek().startsWith("WARNING Which release's metadata API"), lines::toString);
    NovaInstances instances = new NovaInstances(database, Optional.of(release));
    assertThrows(StoreUnavailableException.class, () -> instances.load(PLAIN));
    wire.get().unblock();
    long returned = System.nanoTime();
    while (!isLoaded(instances, PLAIN)) {
      assertTrue(since(returned).compareTo(LONG) < 0, "not within " + LONG);
      Thread.sleep(20);
    }
    assertEquals(Optional.of(ApiRelease.GAZPACHO), release.known());
  }

  @Test
  void aLoadTakesThreeStatementsAsEver() throws Exception {
    NovaRelease release = read();
    NovaInstances instances = new NovaInstances(database, Optional.of(release));
    instances.load(PLAIN);
    long statements =
        cloud.sent(() -> instances.load(PLAIN)).stream()
            .filter(sent -> sent.isExecuted() && sent.text().toLowerCase().startsWith("select"))
            .count();
    assertEquals(3, statements);
  }

  @Test
  void followsACloudThatIsUpgradedAndForgetsNoCellThatIsAway() throws Exception {
    Wire second = secondCellOverAWire();
    cloud.change("UPDATE nova_cell2.services SET version = 64");
    NovaRelease.Intervals quick =
        new NovaRelease.Intervals(Duration.ofMillis(100), Duration.ofMillis(100));
    NovaRelease release = read(quick);
    assertEquals(Optional.of(ApiRelease.ZED), release.known());
    second.block();
    Thread.sleep(3_000);
    assertEquals(Optional.of(ApiRelease.ZED), release.known());
    second.unblock();
    cloud.change("UPDATE nova_cell2.services SET version = 72");
    long start = System.nanoTime();
    while (!release.known().equals(Optional.of(ApiRelease.GAZPACHO))) {
      assertTrue(since(start).compareTo(LONG) < 0, "not within " + LONG);
      Thread.sleep(20);
    }
    assertEquals(List.of(ApiRelease.ZED, ApiRelease.GAZPACHO), List.copyOf(presented));
  }

  /** As while a migration has it. */
  @Test
  void guestsAreNotKeptFromACellWhoseServicesTableIsLocked() throws Exception {
    Connection holder = lock("nova_cell1.services");
    try {
      NovaRelease release = read();
      NovaInstances instances = new NovaInstances(database, Optional.of(release));
      long start = System.nanoTime();
      while (!isLoaded(instances, PLAIN)) {
        assertTrue(since(start).compareTo(LONG) < 0, "not within " + LONG);
        Thread.sleep(20);
      }
    } finally {
      holder.close();
    }
  }

  /** Holds a table until the connection is closed. */
  private static Connection lock(String table) throws Exception {
    DatabaseUrl url = DatabaseUrl.parse(cloud.connection("nova_cell1"));
    Connection connection =
        DriverManager.getConnection(
            "jdbc:mariadb://127.0.0.1:" + cloud.port() + "/nova_cell1?sslMode=disable",
            url.username().orElseThrow(),
            url.password().orElseThrow());
    try (Statement statement = connection.createStatement()) {
      statement.execute("LOCK TABLES " + table + " WRITE");
    }
    return connection;
  }
}
