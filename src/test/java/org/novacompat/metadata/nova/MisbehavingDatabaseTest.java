// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.novacompat.metadata.nova.DemoCloud.NUMA;
import static org.novacompat.metadata.nova.DemoCloud.PLAIN;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.novacompat.metadata.config.DatabaseUrl;
import org.novacompat.metadata.instance.CustomMetadataTarget;
import org.novacompat.metadata.instance.Instance;
import org.novacompat.metadata.instance.PasswordStore.Outcome;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.nova.custommetadata.NovaCustomMetadata;
import org.novacompat.metadata.nova.database.Deadline;
import org.novacompat.metadata.nova.database.NovaDatabaseSettings;
import org.novacompat.metadata.nova.database.WhenSlow;
import org.novacompat.metadata.nova.instances.FixedIps;
import org.novacompat.metadata.nova.instances.NovaInstances;
import org.novacompat.metadata.nova.instances.NovaPasswords;
import org.novacompat.metadata.nova.release.NovaRelease;
import org.novacompat.metadata.python.Ip;

/**
 * A database that answers late, in part, wrongly or not at all costs what needs it and nothing
 * else; {@code docs/resilience/databases.md} tells of each. The second cell, with {@link
 * DemoCloud#NUMA}, is reached over a wire.
 */
@Tag("long")
class MisbehavingDatabaseTest extends OnDemoCloud {
  private static final int MAX_SLOW_QUESTIONS = 32;
  private static final Duration AT_ONCE = Duration.ofMillis(250);
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final Duration LATE = Duration.ofSeconds(60);
  private static final int MIN_CONNECTIONS = 10;

  private final List<String> told = new CopyOnWriteArrayList<>();
  private Wire wire;
  private NovaInstances instances;

  @BeforeEach
  void openOverTheWire() throws Exception {
    wire = Wire.to(cloud.port());
    cloud.change(
        "UPDATE nova_api.cell_mappings SET database_connection = '%s' WHERE name = 'cell2'"
            .formatted(over(cloud.connection("nova_cell2"))));
    use(cloud.settings());
  }

  @AfterEach
  void cutTheWire() throws Exception {
    wire.close();
  }

  private String over(String url) {
    return url.replace(":" + cloud.port(), ":" + wire.port());
  }

  private void use(NovaDatabaseSettings settings) {
    open(settings);
    instances = new NovaInstances(database);
  }

  private Optional<Instance> load(String uuid) throws StoreUnavailableException {
    return instances.load(uuid, late -> told.add(late.getMessage()));
  }

  private void assertServed(String uuid) throws Exception {
    assertTrue(load(uuid).isPresent());
  }

  private String refusal(String uuid) {
    return assertThrows(StoreUnavailableException.class, () -> load(uuid)).getMessage();
  }

  private boolean isServed(String uuid) {
    try {
      return load(uuid).isPresent();
    } catch (StoreUnavailableException e) {
      return false;
    }
  }

  /** Something that comes to be so. */
  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void awaitWithin(Duration limit, Condition condition) throws Exception {
    long start = System.nanoTime();
    while (!condition.holds()) {
      assertTrue(System.nanoTime() - start < limit.toNanos(), () -> "not within " + limit);
      Thread.sleep(50);
    }
  }

  @Test
  void aCellBehindALatencyIsConnectedInTheBackgroundAndLoadedForThoseWhoAskAgain()
      throws Exception {
    wire.delay(Duration.ofMillis(600));
    refusal(NUMA);
    assertServed(PLAIN);
    awaitWithin(LATE, () -> isServed(NUMA));
    assertTrue(told.get(0).endsWith("is slow: the instance is being loaded"), told::toString);
    told.clear();
    assertServed(PLAIN);
    assertEquals(List.of(), told);

    wire.delay(Duration.ZERO);
    awaitWithin(
        LATE,
        () -> {
          told.clear();
          return isServed(NUMA) && told.isEmpty();
        });
  }

  /**
   * A third of a second is more than a load gives a step, though less than a handshake may take.
   */
  @Test
  void aCellWhoseAnswersTakeAThirdOfASecondIsSlowAndHoldsNobody() throws Exception {
    becomeSlow(wire, NUMA);
    for (int i = 0; i < 2; i++) {
      awaitWithin(SOON, () -> isServed(NUMA));
      told.clear();
      Thread.sleep(1_000);
    }
    assertServed(NUMA);
    assertFalse(told.isEmpty());
    assertAnAddressIsRefusedAtOnce();
    assertAPasswordIsRefusedAtOnce();
    assertNoMoreThanSoManyLoadsAreUnderWay();
  }

  private void becomeSlow(Wire slow, String uuid) throws Exception {
    slow.delay(Duration.ofMillis(150));
    awaitWithin(
        Duration.ofSeconds(12),
        () -> {
          isServed(uuid);
          Thread.sleep(600);
          return !told.isEmpty();
        });
  }

  private void assertAnAddressIsRefusedAtOnce() throws Exception {
    long start = System.nanoTime();
    String refusal =
        assertThrows(
                StoreUnavailableException.class,
                () -> new FixedIps(database).instancesWith(Ip.parse("192.0.2.1").orElseThrow()))
            .getMessage();
    assertTrue(refusal.contains("is slow"), refusal);
    assertTrue(System.nanoTime() - start < AT_ONCE.toNanos());
  }

  private void assertAPasswordIsRefusedAtOnce() throws Exception {
    long start = System.nanoTime();
    String refusal =
        assertThrows(
                StoreUnavailableException.class,
                () -> new NovaPasswords(database).store(NUMA, "secret"))
            .getMessage();
    assertTrue(refusal.contains("is slow"), refusal);
    assertTrue(System.nanoTime() - start < AT_ONCE.toNanos());
  }

  private void assertNoMoreThanSoManyLoadsAreUnderWay() throws Exception {
    told.clear();
    wire.block();
    List<Thread> loads = new ArrayList<>();
    for (int i = 0; i < MAX_SLOW_QUESTIONS; i++) {
      Thread load = new Thread(() -> isServed(NUMA));
      load.start();
      loads.add(load);
    }
    awaitWithin(SOON, () -> told.size() == MAX_SLOW_QUESTIONS);
    long start = System.nanoTime();
    String refusal = refusal(NUMA);
    assertTrue(refusal.contains("many"), refusal);
    assertEquals(MAX_SLOW_QUESTIONS, told.size(), told::toString);
    assertTrue(System.nanoTime() - start < AT_ONCE.toNanos());
    assertServed(PLAIN);
    wire.unblock();
    for (Thread load : loads) {
      load.join();
    }
    awaitWithin(SOON, () -> isServed(NUMA));
  }

  /** What the API database takes is none of the cell's time. */
  @Test
  void aHealthyCellHasItsTimeHoweverLongTheApiDatabaseTook() throws Exception {
    NovaDatabaseSettings settings = cloud.settings();
    use(
        new NovaDatabaseSettings(
            Optional.of(DatabaseUrl.parse(over(cloud.connection("nova_api")))),
            settings.apiPool(),
            settings.database(),
            settings.pool(),
            false));
    becomeSlow(wire, PLAIN);
    awaitWithin(SOON, () -> isServed(PLAIN));
    wire.delay(Duration.ofMillis(700));
    cloud.change(
        "RENAME TABLE nova_cell1.instances TO nova_cell1.late; CREATE FUNCTION nova_cell1.slept()"
            + " RETURNS int BEGIN DO SLEEP(0.4); RETURN 1; END; CREATE VIEW nova_cell1.instances"
            + " AS SELECT * FROM nova_cell1.late WHERE nova_cell1.slept() = 1");
    try {
      assertServed(PLAIN);
      Deadline deadline = Deadline.forGuest(WhenSlow.WAIT);
      int left = database.onCellOf(PLAIN, deadline, session -> session.deadline().leftMillis());
      assertTrue(left > deadline.leftMillis(), () -> left + " ms");
    } finally {
      cloud.change(
          "DROP VIEW nova_cell1.instances; DROP FUNCTION nova_cell1.slept; RENAME TABLE"
              + " nova_cell1.late TO nova_cell1.instances");
    }
  }

  @Test
  void anEc2NumberThatIsNotThereAfterItsInsertCostsTheEc2TreeAlone() throws Exception {
    cloud.change(
        "DELETE FROM nova_cell2.instance_id_mappings; CREATE TRIGGER nova_cell2.elsewhere BEFORE"
            + " INSERT ON nova_cell2.instance_id_mappings FOR EACH ROW SET NEW.uuid = 'another'");
    try {
      assertEquals(Set.of(Instance.Part.EC2_IDS), load(NUMA).orElseThrow().unreadable());
    } finally {
      cloud.change("DROP TRIGGER nova_cell2.elsewhere");
    }
  }

  /** As a first TLS handshake does on a busy machine. */
  @Test
  void aFirstConnectionThatTakesLongStepByStepIsWaitedFor() throws Exception {
    wire.delayHandshakes(Duration.ofMillis(700));
    assertServed(NUMA);
    assertEquals(List.of(), told);
  }

  @Test
  void anAnswerThatEndsInAResetIsAskedForAgain() throws Exception {
    assertServed(NUMA);
    wire.cutAnswers(600);
    assertTrue(refusal(NUMA).contains("does not answer"));
    assertServed(PLAIN);
    wire.cutAnswers(Integer.MAX_VALUE);
    awaitWithin(SOON, () -> isServed(NUMA));
  }

  @Test
  void aMissingColumnIsNamedAndCostsItsCellAlone() throws Exception {
    cloud.change("ALTER TABLE nova_cell2.instance_extra DROP COLUMN device_metadata");
    assertTrue(refusal(NUMA).contains("Unknown column 'e.device_metadata'"), refusal(NUMA));
    assertServed(PLAIN);
    cloud.change("ALTER TABLE nova_cell2.instance_extra ADD COLUMN device_metadata TEXT");
    assertServed(NUMA);
  }

  @Test
  void aServerThatIsReadOnlyIsReadAndSaysSoToWhoWrites() throws Exception {
    cloud.change("DELETE FROM nova_cell2.instance_id_mappings");
    use(cloud.plainUsersSettings());
    cloud.change(
        "UPDATE nova_api.cell_mappings SET database_connection = REGEXP_REPLACE("
            + "database_connection, '//[^@]*@', '//plain:any@')");
    cloud.change("SET GLOBAL read_only = 1");
    try {
      assertEquals(Set.of(), load(PLAIN).orElseThrow().unreadable());
      assertEquals(Set.of(Instance.Part.EC2_IDS), load(NUMA).orElseThrow().unreadable());
      assertReadOnly(() -> new NovaPasswords(database).store(PLAIN, "secret"));
      String project = load(PLAIN).orElseThrow().projectId().orElseThrow();
      CustomMetadataTarget target =
          new CustomMetadataTarget(PLAIN, Set.of(project), Optional.empty());
      assertReadOnly(
          () -> new NovaCustomMetadata(database, 128).merge(target, Map.of("key", "\"value\"")));
    } finally {
      cloud.change("SET GLOBAL read_only = 0");
    }
    assertEquals(Outcome.STORED, new NovaPasswords(database).store(PLAIN, "secret"));
    assertEquals(Set.of(), load(NUMA).orElseThrow().unreadable());
  }

  private static void assertReadOnly(Executable write) {
    String why = assertThrows(StoreUnavailableException.class, write).getMessage();
    assertTrue(why.contains("refuses: ") && why.contains("read-only"), why);
  }

  @Test
  void aServerWhoseConnectionsAreUsedUpIsAskedAgainWhenThereIsRoom() throws Exception {
    use(cloud.plainUsersSettings());
    String most = cloud.query("SELECT @@max_connections AS most").get(0).get("most");
    List<Connection> others = new ArrayList<>();
    cloud.change("SET GLOBAL max_connections = " + MIN_CONNECTIONS);
    try {
      SQLException full = assertThrows(SQLException.class, () -> fill(others));
      assertTrue(full.getMessage().contains("Too many connections"), full::getMessage);
      assertTrue(refusal(PLAIN).contains("Too many connections"), refusal(PLAIN));
    } finally {
      for (Connection other : others) {
        other.close();
      }
      cloud.change("SET GLOBAL max_connections = " + most);
    }
    awaitWithin(SOON, () -> isServed(PLAIN));
  }

  private static void fill(List<Connection> others) throws SQLException {
    while (others.size() <= MIN_CONNECTIONS) {
      others.add(
          DriverManager.getConnection(
              "jdbc:mariadb://127.0.0.1:%d/?user=plain&password=any&sslMode=disable"
                  .formatted(cloud.port())));
    }
  }

  @Test
  void aLockedTableThatInstancesDoNotNeedIsNoneOfTheirConcern() throws Exception {
    assertServed(NUMA);
    cloud.change("LOCK TABLES nova_cell2.services WRITE");
    try {
      try (NovaRelease release = NovaRelease.open(database, presented -> {})) {
        awaitWithin(SOON, () -> release.known().isPresent());
      }
      int connections = wire.connections();
      assertServed(NUMA);
      assertEquals(connections, wire.connections());
    } finally {
      cloud.change("UNLOCK TABLES");
    }
  }

  @Test
  void aRowThatAnotherHoldsIsARefusalAndNotAnOutage() throws Exception {
    assertServed(NUMA);
    cloud.change(
        "BEGIN; UPDATE nova_cell2.instances SET locked = 0 WHERE uuid = '%s'".formatted(NUMA));
    try {
      StoreUnavailableException refusal =
          assertThrows(
              StoreUnavailableException.class,
              () -> new NovaPasswords(database).store(NUMA, "secret"));
      assertTrue(refusal.getMessage().contains("Lock wait timeout"), refusal::getMessage);
      assertServed(NUMA);
    } finally {
      cloud.change("ROLLBACK");
    }
  }

  @Test
  void aDeadlockIsTriedAgain() throws Exception {
    cloud.change(
        "CREATE OR REPLACE TABLE nova_cell2.tries (n int) ENGINE = Aria TRANSACTIONAL = 0;"
            + " INSERT INTO nova_cell2.tries VALUES (0); CREATE TRIGGER nova_cell2.victim BEFORE"
            + " INSERT ON nova_cell2.instance_system_metadata FOR EACH ROW BEGIN UPDATE"
            + " nova_cell2.tries SET n = n + 1; IF (SELECT n FROM nova_cell2.tries) < 2 THEN SIGNAL"
            + " SQLSTATE '40001' SET MYSQL_ERRNO = 1213; END IF; END");
    try {
      assertEquals(Outcome.STORED, new NovaPasswords(database).store(NUMA, "secret"));
      assertEquals(Optional.of("secret"), load(NUMA).orElseThrow().password());
    } finally {
      cloud.change("DROP TRIGGER nova_cell2.victim; DROP TABLE nova_cell2.tries");
    }
  }

  /** As a node of Galera's is that has just joined, and one that lags behind. */
  @Test
  void aNodeThatIsNotReadyIsAwayAndOneThatLagsShowsWhatItHas() throws Exception {
    cloud.change(
        "RENAME TABLE nova_cell2.instances TO nova_cell2.late; CREATE FUNCTION"
            + " nova_cell2.unready() RETURNS int BEGIN SIGNAL SQLSTATE '08S01' SET MYSQL_ERRNO ="
            + " 1047, MESSAGE_TEXT = 'WSREP has not yet prepared node for application use';"
            + " RETURN 1; END; CREATE VIEW nova_cell2.instances AS SELECT * FROM nova_cell2.late"
            + " WHERE nova_cell2.unready() = 1");
    try {
      String refusal = refusal(NUMA);
      assertTrue(refusal.contains("does not answer: ") && refusal.contains("WSREP"), refusal);
      assertServed(PLAIN);
    } finally {
      cloud.change(
          "DROP VIEW nova_cell2.instances; DROP FUNCTION nova_cell2.unready; RENAME TABLE"
              + " nova_cell2.late TO nova_cell2.instances");
    }
    awaitWithin(SOON, () -> isServed(NUMA));
    cloud.change("UPDATE nova_cell2.instances SET deleted = 1");
    assertFalse(load(NUMA).isPresent());
    cloud.change("UPDATE nova_cell2.instances SET deleted = 0");
    assertServed(NUMA);
  }
}
