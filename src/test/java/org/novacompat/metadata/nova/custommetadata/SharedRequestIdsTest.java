// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova.custommetadata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.novacompat.metadata.config.DatabaseUrl;
import org.novacompat.metadata.instance.RequestIds.Sighting;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.nova.DemoCloud;
import org.novacompat.metadata.nova.database.NovaDatabase;
import org.novacompat.metadata.nova.database.NovaDatabaseSettings;

/** Two nodes on one database. */
class SharedRequestIdsTest {
  private static final Duration VALID = Duration.ofMinutes(5);
  private static final String TABLE = "nova_compat_nova_cell0.seen_requests";

  private static DemoCloud cloud;
  private static NovaDatabase one;
  private static NovaDatabase other;

  @BeforeAll
  static void start() throws Exception {
    cloud = DemoCloud.start();
    one = NovaDatabase.open(cloud.settings());
    other = NovaDatabase.open(cloud.settings());
  }

  @AfterAll
  static void stop() throws Exception {
    one.close();
    other.close();
    cloud.close();
  }

  @Test
  void anIdIsSeenByAllNodesAndAfterARestart() throws Exception {
    assertEquals(Sighting.FIRST, new SharedRequestIds(one).look("ak", "id", VALID));
    assertEquals(Sighting.AGAIN, new SharedRequestIds(one).look("ak", "id", VALID));
    assertEquals(Sighting.AGAIN, new SharedRequestIds(other).look("ak", "id", VALID));
    assertEquals(Sighting.FIRST, new SharedRequestIds(other).look("another", "id", VALID));
    assertEquals(Sighting.FIRST, new SharedRequestIds(other).look("ak", "ID", VALID));
  }

  @Test
  void ofManyWhoMakeACallAtTheSameTimeOneIsFirst() throws Exception {
    SharedRequestIds here = new SharedRequestIds(one);
    SharedRequestIds there = new SharedRequestIds(other);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (String id : List.of("a", "b", "c")) {
        List<Future<Sighting>> looks = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          SharedRequestIds node = i % 2 == 0 ? here : there;
          looks.add(threads.submit(() -> node.look("at once", id, VALID)));
        }
        List<Sighting> sightings = new ArrayList<>();
        for (Future<Sighting> look : looks) {
          sightings.add(look.get());
        }
        assertEquals(1, Collections.frequency(sightings, Sighting.FIRST), sightings::toString);
        assertEquals(7, Collections.frequency(sightings, Sighting.AGAIN), sightings::toString);
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void whatIsLongPastIsRemovedAndNothingElse() throws Exception {
    SharedRequestIds ids = new SharedRequestIds(one);
    cloud.change("DELETE FROM " + TABLE);
    ids.look("ak", "valid", VALID);
    new SharedRequestIds(other).look("ak", "just past", VALID.negated());
    cloud.change(
        "INSERT INTO %s VALUES (UNHEX(SHA2('old', 256)), UTC_TIMESTAMP() - INTERVAL 61 MINUTE)"
            .formatted(TABLE));
    new SharedRequestIds(other).look("ak", "next", VALID);
    assertEquals("3", count());
    assertEquals(Sighting.AGAIN, ids.look("ak", "just past", VALID));
  }

  @Test
  void nothingIsToldOfKeysAndIds() throws Exception {
    new SharedRequestIds(one).look("key-of-somebody", "id-of-somebody", VALID);
    assertTrue(
        cloud.query("SELECT HEX(digest) AS d FROM " + TABLE).stream()
            .allMatch(row -> row.get("d").matches("[0-9A-F]{64}")));
  }

  /** As before {@code nova-compat-migrate up}, which is noticed. */
  @Test
  void withoutTheTableNothingIsKnownUntilItIsThere() throws Exception {
    SharedRequestIds ids = new SharedRequestIds(one);
    cloud.change("RENAME TABLE %1$s TO %1$s_away".formatted(TABLE));
    try {
      assertEquals(Sighting.UNKNOWN, ids.look("ak", "before", VALID));
      assertEquals(Sighting.UNKNOWN, ids.look("ak", "before", VALID));
    } finally {
      cloud.change("RENAME TABLE %1$s_away TO %1$s".formatted(TABLE));
    }
    assertEquals(Sighting.FIRST, ids.look("ak", "before", VALID));
  }

  @Test
  void aUserNeedsNoMoreThanTheseRights() throws Exception {
    cloud.change(
        "CREATE OR REPLACE USER 'least'@'127.0.0.1' IDENTIFIED BY 'any';"
            + " GRANT SELECT, INSERT, DELETE ON nova_cell0.nova_compat_seen_requests"
            + " TO 'least'@'127.0.0.1'");
    try (NovaDatabase least = NovaDatabase.open(settingsOf("least"))) {
      SharedRequestIds ids = new SharedRequestIds(least);
      assertEquals(Sighting.UNKNOWN, ids.look("ak", "least", VALID));
      cloud.change("GRANT SELECT, INSERT, DELETE ON " + TABLE + " TO 'least'@'127.0.0.1'");
      assertEquals(Sighting.FIRST, ids.look("ak", "least", VALID));
    }
  }

  /** Its id is stored by then. */
  @Test
  void aCallIsTakenThoughARowThatIsPastIsHeldByAnother() throws Exception {
    cloud.change(
        "DELETE FROM %1$s; INSERT INTO %1$s VALUES (UNHEX(SHA2('held', 256)), UTC_TIMESTAMP() -"
                .formatted(TABLE)
            + " INTERVAL 61 MINUTE)");
    cloud.change(
        "BEGIN; SELECT 1 FROM %s WHERE digest = UNHEX(SHA2('held', 256)) FOR UPDATE"
            .formatted(TABLE));
    try {
      assertEquals(Sighting.FIRST, new SharedRequestIds(one).look("ak", "held", VALID));
    } finally {
      cloud.change("ROLLBACK");
    }
  }

  @Test
  void withoutTheRightToDeleteIdsAreRememberedAndOneWarningNamesIt() throws Exception {
    cloud.change(
        "CREATE OR REPLACE USER 'keeper'@'127.0.0.1' IDENTIFIED BY 'any';"
            + " GRANT SELECT, INSERT ON nova_cell0.nova_compat_seen_requests TO"
            + " 'keeper'@'127.0.0.1';"
            + " GRANT SELECT, INSERT ON %s TO 'keeper'@'127.0.0.1'".formatted(TABLE));
    List<String> warnings = new CopyOnWriteArrayList<>();
    Logger log = Logger.getLogger(SharedRequestIds.class.getName());
    Handler listener = warningsInto(warnings);
    log.addHandler(listener);
    try (NovaDatabase keeping = NovaDatabase.open(settingsOf("keeper"))) {
      SharedRequestIds ids = new SharedRequestIds(keeping);
      ids.tellWhetherItIsThere();
      assertEquals(Sighting.FIRST, ids.look("ak", "kept", VALID));
      assertEquals(Sighting.AGAIN, ids.look("ak", "kept", VALID));
    } finally {
      log.removeHandler(listener);
    }
    assertEquals(1, warnings.size(), warnings::toString);
    assertTrue(warnings.get(0).contains("DELETE"), warnings::toString);
  }

  private static Handler warningsInto(List<String> warnings) {
    return new Handler() {
      @Override
      public void publish(LogRecord line) {
        if (line.getLevel() == Level.WARNING) {
          warnings.add(line.getMessage());
        }
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }

  @Test
  void aDatabaseThatTakesNoWritesIsNoLicence() throws Exception {
    cloud.change("SET GLOBAL read_only = ON");
    try (NovaDatabase plain = NovaDatabase.open(cloud.plainUsersSettings())) {
      SharedRequestIds ids = new SharedRequestIds(plain);
      assertThrows(StoreUnavailableException.class, () -> ids.look("ak", "read-only", VALID));
    } finally {
      cloud.change("SET GLOBAL read_only = OFF");
    }
  }

  private static NovaDatabaseSettings settingsOf(String user) {
    return new NovaDatabaseSettings(
        Optional.empty(),
        DemoCloud.POOL,
        DatabaseUrl.parse(
            "mysql+pymysql://%s:any@127.0.0.1:%d/nova_cell0".formatted(user, cloud.port())),
        DemoCloud.POOL,
        false);
  }

  private static String count() throws Exception {
    return cloud.query("SELECT COUNT(*) AS c FROM " + TABLE).get(0).get("c");
  }
}
