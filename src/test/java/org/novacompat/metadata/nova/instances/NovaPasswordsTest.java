// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova.instances;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.novacompat.metadata.nova.DemoCloud.NUMA;
import static org.novacompat.metadata.nova.DemoCloud.PLAIN;
import static org.novacompat.metadata.nova.DemoCloud.STATIC;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.novacompat.metadata.instance.PasswordStore.Outcome;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.nova.OnDemoCloud;
import org.novacompat.metadata.nova.database.NovaDatabaseSettings;

/** What the rows look like afterwards was seen on nova 26. */
class NovaPasswordsTest extends OnDemoCloud {
  private NovaPasswords passwords;

  @Override
  public void open(NovaDatabaseSettings settings) {
    super.open(settings);
    passwords = new NovaPasswords(database);
  }

  @Test
  void writesFourPiecesBesideWhatIsThere() throws Exception {
    String before = metadata("`key` NOT LIKE 'password%'").toString();
    assertEquals(Outcome.STORED, passwords.store(PLAIN, "a".repeat(255) + "bc"));

    List<Map<String, String>> rows = pieces();
    assertEquals(
        List.of("password_0=" + "a".repeat(255), "password_1=bc", "password_2=", "password_3="),
        rows.stream().map(row -> row.get("key") + "=" + row.get("value")).toList());
    for (Map<String, String> row : rows) {
      assertEquals("1", row.get("recent"));
      assertEquals("0", row.get("deleted"));
      assertEquals(null, row.get("updated_at"));
      assertEquals(null, row.get("deleted_at"));
    }
    assertEquals(before, metadata("`key` NOT LIKE 'password%'").toString());
    assertEquals(Optional.of("a".repeat(255) + "bc"), stored(PLAIN));
  }

  @Test
  void notesTheTimeAtTheInstance() throws Exception {
    cloud.change("UPDATE nova_cell1.instances SET updated_at = '2020-01-01'");
    passwords.store(PLAIN, "secret");
    assertEquals(
        "1",
        cloud
            .query(
                "SELECT ABS(TIMESTAMPDIFF(SECOND, updated_at, UTC_TIMESTAMP())) < 60 AS recent"
                    + " FROM nova_cell1.instances WHERE uuid = '"
                    + PLAIN
                    + "'")
            .get(0)
            .get("recent"));
  }

  @Test
  void cutsByCharactersNotByBytes() throws Exception {
    assertEquals(Outcome.STORED, passwords.store(PLAIN, "é".repeat(300)));
    assertEquals("é".repeat(255), pieces().get(0).get("value"));
    assertEquals("é".repeat(45), pieces().get(1).get("value"));
    assertEquals(
        List.of("🐎".repeat(255), "🐎x", "", ""),
        List.copyOf(Password.cut("🐎".repeat(256) + "x").values()));
  }

  @Test
  void overwritesNoPassword() throws Exception {
    passwords.store(PLAIN, "first");
    String before = pieces().toString();
    assertEquals(Outcome.ALREADY_SET, passwords.store(PLAIN, "second"));
    assertEquals(before, pieces().toString());
    assertEquals(Outcome.ALREADY_SET, passwords.store(STATIC, "second"));
  }

  @Test
  void anEmptyPasswordIsWrittenAndIsNone() throws Exception {
    assertEquals(Outcome.STORED, passwords.store(PLAIN, ""));
    assertEquals(4, pieces().size());
    assertEquals(Optional.empty(), stored(PLAIN));
    assertEquals(Outcome.STORED, passwords.store(PLAIN, "now"));
    List<Map<String, String>> rows = pieces();
    assertEquals(4, rows.size());
    assertNotNull(rows.get(0).get("updated_at"));
    assertEquals(null, rows.get(1).get("updated_at"), "a value that stays is not touched");
    assertEquals(Optional.of("now"), stored(PLAIN));
  }

  @Test
  void keepsOneRowOfAKey() throws Exception {
    add("password_0", "''", 0);
    add("password_0", "''", 7);
    add("password_1", "NULL", 0);
    add("password_9", "''", 0);
    assertEquals(Outcome.STORED, passwords.store(PLAIN, "x"));
    assertEquals(
        List.of("password_0=x", "password_1=", "password_2=", "password_3=", "password_9="),
        pieces().stream().map(row -> row.get("key") + "=" + row.get("value")).sorted().toList());
    assertEquals(Optional.of("x"), stored(PLAIN));
  }

  @Test
  void writesToTheInstancesOwnCell() throws Exception {
    assertEquals(Outcome.STORED, passwords.store(NUMA, "in cell 2"));
    assertEquals(Optional.of("in cell 2"), stored(NUMA));
    assertEquals(List.of(), pieces());
  }

  @Test
  void writesNothingForAnInstanceThatIsGone() throws Exception {
    cloud.change("UPDATE nova_cell1.instances SET deleted = id");
    assertEquals(Outcome.NO_INSTANCE, passwords.store(PLAIN, "x"));
    assertEquals(Outcome.NO_INSTANCE, passwords.store("00000000-0000-4000-8000-000000000000", "x"));
    assertEquals(List.of(), pieces());
  }

  @Test
  void writesNothingOfWhatTheTableCannotHold() throws Exception {
    assertEquals(Outcome.UNSTORABLE, passwords.store(PLAIN, "x".repeat(300) + "🐎"));
    assertEquals(List.of(), pieces());
    assertEquals(Outcome.STORED, passwords.store(PLAIN, "horse"));
  }

  @Test
  void ofManyWhoWriteAtOnceOneWinsWhole() throws Exception {
    NovaPasswords other = new NovaPasswords(database);
    ExecutorService guests = Executors.newFixedThreadPool(8);
    try {
      for (int round = 0; round < 5; round++) {
        cloud.change("DELETE FROM nova_cell1.instance_system_metadata WHERE `key` LIKE 'pass%'");
        List<Callable<Outcome>> writes = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          String password = String.valueOf(i).repeat(1020);
          NovaPasswords node = i % 2 == 0 ? passwords : other;
          writes.add(() -> node.store(PLAIN, password));
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (Future<Outcome> write : guests.invokeAll(writes)) {
          outcomes.add(write.get());
        }
        assertEquals(1, Collections.frequency(outcomes, Outcome.STORED), outcomes::toString);
        assertEquals(7, Collections.frequency(outcomes, Outcome.ALREADY_SET), outcomes::toString);
        assertEquals(4, pieces().size());
        assertEquals(1, stored(PLAIN).orElseThrow().chars().distinct().count());
      }
    } finally {
      guests.shutdownNow();
    }
  }

  @Test
  void aDatabaseThatTakesNoWritesCannotBeWrittenNow() throws Exception {
    cloud.change(
        "CREATE OR REPLACE USER reader@'127.0.0.1' IDENTIFIED BY 'pw';"
            + "GRANT SELECT ON *.* TO reader@'127.0.0.1'");
    open(cloud.settings("mysql+pymysql://reader:pw@127.0.0.1:" + cloud.port() + "/nova_cell0"));
    cloud.change(
        "UPDATE nova_api.cell_mappings SET database_connection ="
            + (" 'mysql+pymysql://reader:pw@127.0.0.1:" + cloud.port() + "/nova_cell1'")
            + " WHERE name = 'cell1'");
    StoreUnavailableException failure =
        assertThrows(StoreUnavailableException.class, () -> passwords.store(PLAIN, "s3cr3t"));
    assertTrue(failure.getMessage().contains("refuses"), failure::toString);
    assertTrue(!failure.getMessage().contains("s3cr3t"), failure::toString);
  }

  private Optional<String> stored(String instance) throws Exception {
    return new NovaInstances(database).load(instance).orElseThrow().password();
  }

  private static List<Map<String, String>> pieces() throws Exception {
    return metadata("`key` LIKE 'password%'");
  }

  private static List<Map<String, String>> metadata(String condition) throws Exception {
    return cloud.query(
        "SELECT `key`, `value`, updated_at, deleted_at, deleted,"
            + " ABS(TIMESTAMPDIFF(SECOND, created_at, UTC_TIMESTAMP())) < 60 AS recent"
            + " FROM nova_cell1.instance_system_metadata WHERE instance_uuid = '"
            + PLAIN
            + "' AND "
            + condition
            + " ORDER BY id");
  }

  private static void add(String key, String value, int deleted) throws Exception {
    cloud.change(
        "INSERT INTO nova_cell1.instance_system_metadata (instance_uuid, `key`, `value`, deleted)"
            + " VALUES ('%s', '%s', %s, %d)".formatted(PLAIN, key, value, deleted));
  }
}
