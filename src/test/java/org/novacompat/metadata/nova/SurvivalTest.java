// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.novacompat.metadata.nova.DemoCloud.NUMA;
import static org.novacompat.metadata.nova.DemoCloud.PLAIN;

import java.nio.file.Path;
import java.sql.SQLException;
import java.text.MessageFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.novacompat.metadata.command.serve.EmbeddedDatabase;
import org.novacompat.metadata.config.DatabaseUrl;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.nova.database.NovaDatabaseSettings;
import org.novacompat.metadata.nova.instances.FixedIps;
import org.novacompat.metadata.nova.instances.NovaInstances;
import org.novacompat.metadata.nova.instances.NovaPasswords;
import org.novacompat.metadata.python.Ip;

/**
 * A database that goes away in any way holds nobody, takes nothing else along, and is asked again
 * soon after its return. The second cell is on a server of its own, which dies in these tests; the
 * API database is reached over a wire.
 */
class SurvivalTest extends OnDemoCloud {
  private static final int GUESTS = 100;
  private static final int NO_SUCH_THREAD = 1094;
  private static final Duration CLEAN_REFUSAL = Duration.ofSeconds(2);
  private static final Duration AT_ONCE = Duration.ofMillis(500);
  private static final Duration RETURN = Duration.ofSeconds(5);
  private static final Logger LOG =
      Logger.getLogger("org.novacompat.metadata.nova.database.Outage");

  private static EmbeddedDatabase secondServer;
  private static ServerProcess second;
  private static ExecutorService guests;

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Handler listener =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          lines.add(MessageFormat.format(line.getMessage(), line.getParameters()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  private Wire wire;
  private NovaInstances instances;

  @BeforeAll
  static void startTheSecondServer() throws Exception {
    secondServer = EmbeddedDatabase.start(Path.of("target", "mariadb-another"));
    secondServer.createDatabase("nova_cell2");
    secondServer.apply(Path.of("migrations", "nova", "cell.sql"), "nova_cell2");
    secondServer.apply(Path.of("migrations", "demo", "cell2.sql"), "nova_cell2");
    second = ServerProcess.of(secondServer);
    guests = Executors.newFixedThreadPool(GUESTS);
  }

  @AfterAll
  static void stopTheSecondServer() throws Exception {
    guests.shutdownNow();
    second.end();
    secondServer.close();
  }

  @BeforeEach
  void openOverTheWire() throws Exception {
    LOG.addHandler(listener);
    cloud.change(
        "UPDATE nova_api.cell_mappings SET database_connection = '"
            + secondServer.connection("nova_cell2")
            + "' WHERE name = 'cell2'");
    wire = Wire.to(cloud.port());
    NovaDatabaseSettings settings = cloud.settings();
    open(
        new NovaDatabaseSettings(
            Optional.of(
                DatabaseUrl.parse(
                    cloud.connection("nova_api").replace(":" + cloud.port(), ":" + wire.port()))),
            settings.apiPool(),
            settings.database(),
            settings.pool(),
            false));
    instances = new NovaInstances(database);
  }

  @AfterEach
  void stopListening() throws Exception {
    LOG.removeHandler(listener);
    wire.close();
  }

  /** Connections for all, so that there are idle ones when the database goes away. */
  private void warmUp() throws Exception {
    for (String uuid : List.of(NUMA, PLAIN)) {
      for (Outcome outcome : all(uuid)) {
        assertTrue(outcome.served, outcome::toString);
      }
    }
  }

  private record Outcome(boolean served, Duration time, String why) {}

  private List<Outcome> all(String uuid) throws Exception {
    List<Callable<Outcome>> loads = new ArrayList<>();
    for (int i = 0; i < GUESTS; i++) {
      loads.add(() -> load(uuid));
    }
    List<Outcome> outcomes = new ArrayList<>();
    for (Future<Outcome> outcome : guests.invokeAll(loads)) {
      outcomes.add(outcome.get());
    }
    return outcomes;
  }

  private Outcome load(String uuid) {
    long start = System.nanoTime();
    boolean served = false;
    String why = "";
    try {
      served = instances.load(uuid).isPresent();
    } catch (StoreUnavailableException e) {
      why = e.getMessage();
    }
    return new Outcome(served, Duration.ofNanos(System.nanoTime() - start), why);
  }

  private void assertRefused(String uuid, Duration limit) throws Exception {
    for (Outcome outcome : all(uuid)) {
      assertFalse(outcome.served);
      assertTrue(outcome.time.compareTo(limit) < 0, outcome::toString);
    }
  }

  private void assertServed(String uuid) throws Exception {
    for (Outcome outcome : all(uuid)) {
      assertTrue(outcome.served, outcome::toString);
      assertTrue(outcome.time.compareTo(CLEAN_REFUSAL) < 0, outcome::toString);
    }
  }

  private void assertReturns(String uuid) throws Exception {
    long start = System.nanoTime();
    while (!load(uuid).served) {
      assertTrue(System.nanoTime() - start < RETURN.toNanos(), "not within " + RETURN);
      Thread.sleep(20);
    }
    assertServed(uuid);
  }

  private void assertTheSecondCellFailsAlone() throws Exception {
    assertRefused(NUMA, CLEAN_REFUSAL);
    assertRefused(NUMA, AT_ONCE);
    assertServed(PLAIN);
    Thread.sleep(1_500);
    assertRefused(NUMA, AT_ONCE);
    assertServed(PLAIN);
    assertToldOnce("(cell2), mysql+pymysql://nova:***@127.0.0.1:" + secondServer.port());
  }

  private void assertToldOnce(String what) {
    // of the databases of tests before
    lines.removeIf(line -> line.contains("more lines were left out"));
    assertEquals(1, lines.size(), lines::toString);
    assertTrue(lines.get(0).contains(what), lines::toString);
    assertTrue(lines.get(0).contains("does not answer: "), lines::toString);
    assertFalse(lines.get(0).contains(secondServer.password()), "the password");
  }

  @Test
  void aFrozenServer() throws Exception {
    warmUp();
    second.freeze();
    try {
      assertTheSecondCellFailsAlone();
    } finally {
      second.thaw();
    }
    assertReturns(NUMA);
    assertTrue(lines.get(1).contains("answers again"), lines::toString);
  }

  @Test
  void aFrozenServerThatNobodyWasConnectedTo() throws Exception {
    assertServed(PLAIN);
    second.freeze();
    try {
      assertTheSecondCellFailsAlone();
    } finally {
      second.thaw();
    }
    assertReturns(NUMA);
  }

  @Test
  void aServerThatIsKilledAndStartedAgain() throws Exception {
    warmUp();
    second.kill();
    try {
      assertTheSecondCellFailsAlone();
    } finally {
      second.restart();
    }
    assertReturns(NUMA);
  }

  @Test
  void anApiDatabaseBehindAFirewallThatDropsEverything() throws Exception {
    warmUp();
    assertTrue(wire.connections() > 1);
    assertTheApiDatabaseFailsAndReturns();
  }

  @Test
  void anApiDatabaseBehindAFirewallThatNobodyWasConnectedTo() throws Exception {
    assertTheApiDatabaseFailsAndReturns();
  }

  private void assertTheApiDatabaseFailsAndReturns() throws Exception {
    wire.block();
    assertRefused(PLAIN, CLEAN_REFUSAL);
    assertRefused(PLAIN, AT_ONCE);
    assertRefused(NUMA, AT_ONCE);
    assertToldOnce("[api_database], mysql+pymysql://nova:***@127.0.0.1:" + wire.port());
    wire.unblock();
    assertReturns(PLAIN);
    assertReturns(NUMA);
  }

  @Test
  void connectionsThatDieOneByOneWhileIdleHoldNobodyEither() throws Exception {
    warmUp();
    Thread.sleep(600);
    second.freeze();
    try {
      Outcome lone = load(NUMA);
      assertFalse(lone.served);
      assertTrue(lone.time.compareTo(CLEAN_REFUSAL) < 0, lone::toString);
      assertRefused(NUMA, AT_ONCE);
    } finally {
      second.thaw();
    }
    assertReturns(NUMA);
  }

  @Test
  void aGuestWhoseConnectionsAreLostIsServedByOthers() throws Exception {
    assertServed(PLAIN);
    for (int i = 0; i < 10; i++) {
      loseAllConnections();
      Outcome lone = load(PLAIN);
      assertTrue(lone.served, lone::toString);
    }
  }

  /** At once after they were used, so that the pool does not look whether they are alive. */
  private void loseAllConnections() throws Exception {
    for (Map<String, String> row :
        cloud.query(
            "SELECT id FROM information_schema.processlist"
                + " WHERE db LIKE 'nova%' AND id <> CONNECTION_ID()")) {
      try {
        cloud.change("KILL CONNECTION " + row.get("id"));
      } catch (SQLException e) {
        assertEquals(NO_SUCH_THREAD, e.getErrorCode(), e::toString);
      }
    }
  }

  @Test
  void aPasswordIsRefusedAsQuickly() throws Exception {
    NovaPasswords passwords = new NovaPasswords(database);
    warmUp();
    second.freeze();
    try {
      long start = System.nanoTime();
      assertThrows(StoreUnavailableException.class, () -> passwords.store(NUMA, "secret"));
      assertTrue(System.nanoTime() - start < CLEAN_REFUSAL.toNanos());
    } finally {
      second.thaw();
    }
    assertReturns(NUMA);
  }

  @Test
  void noAddressIsFoundWhileACellDoesNotAnswerAndTheLogTellsOfItOnce() throws Exception {
    FixedIps fixedIps = new FixedIps(database);
    Ip address = Ip.parse("127.0.0.1").orElseThrow();
    Ip unknown = Ip.parse("192.0.2.1").orElseThrow();
    assertEquals(List.of(PLAIN), fixedIps.instancesWith(address));
    assertEquals(List.of(), fixedIps.instancesWith(unknown));
    second.freeze();
    try {
      for (int i = 0; i < 3; i++) {
        long start = System.nanoTime();
        assertThrows(StoreUnavailableException.class, () -> fixedIps.instancesWith(address));
        assertThrows(StoreUnavailableException.class, () -> fixedIps.instancesWith(unknown));
        assertTrue(System.nanoTime() - start < CLEAN_REFUSAL.toNanos());
      }
      assertToldOnce("(cell2), mysql+pymysql://nova:***@127.0.0.1:" + secondServer.port());
    } finally {
      second.thaw();
    }
    long start = System.nanoTime();
    while (!isKnown(fixedIps, unknown)) {
      assertTrue(System.nanoTime() - start < RETURN.toNanos(), "not within " + RETURN);
      Thread.sleep(20);
    }
  }

  private static boolean isKnown(FixedIps fixedIps, Ip address) {
    try {
      fixedIps.instancesWith(address);
      return true;
    } catch (StoreUnavailableException e) {
      return false;
    }
  }
}
