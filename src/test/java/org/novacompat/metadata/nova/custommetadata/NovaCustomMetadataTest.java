// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova.custommetadata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.novacompat.metadata.nova.DemoCloud.NUMA;
import static org.novacompat.metadata.nova.DemoCloud.PLAIN;
import static org.novacompat.metadata.nova.DemoCloud.STATIC;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.novacompat.metadata.instance.CustomMetadataRefusedException;
import org.novacompat.metadata.instance.CustomMetadataRefusedException.Reason;
import org.novacompat.metadata.instance.CustomMetadataTarget;
import org.novacompat.metadata.instance.Instance;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.nova.DemoCloud;
import org.novacompat.metadata.nova.database.NovaDatabase;
import org.novacompat.metadata.nova.instances.NovaInstances;

/** What nova's rows look like afterwards was seen on nova 26. */
class NovaCustomMetadataTest {
  private static final String PROJECT = "3f2c1b0a9d8e4f7c8b6a5d4e3c2b1a00";
  private static final String OBJECT = "{\"requests\": \"2.27.1\", \"numpy\": [1, 2.5, null]}";
  private static final int NOVAS_LIMIT = 128;

  private static DemoCloud cloud;
  private static NovaDatabase database;

  private NovaCustomMetadata metadata;

  @BeforeAll
  static void start() throws Exception {
    cloud = DemoCloud.start();
    database = NovaDatabase.open(cloud.settings());
  }

  @AfterAll
  static void stop() throws Exception {
    database.close();
    cloud.close();
  }

  @BeforeEach
  void open() throws Exception {
    cloud.reset();
    metadata = new NovaCustomMetadata(database, NOVAS_LIMIT);
  }

  @Test
  void readsWhatNovaHas() throws Exception {
    Map<String, String> values = metadata.read(of(PLAIN));
    assertEquals(Map.of("role", "\"webserver\"", "environment", "\"demo\""), values);
    assertEquals(List.of("role", "environment"), List.copyOf(values.keySet()));
    assertEquals(Map.of("poznámka", "\"čeština\"", "empty", "\"\""), metadata.read(of(STATIC)));
  }

  @Test
  void aStringGoesToNovasTableAndAnythingElseToOurs() throws Exception {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("object", OBJECT);
    values.put("text", "\"a \\\"b\\\" č\"");
    values.put("number", "1.10");
    values.put("truth", "true");
    values.put("nothing", "null");
    Map<String, String> all = metadata.merge(of(PLAIN), values);

    assertEquals(
        List.of("role", "environment", "text", "object", "number", "truth", "nothing"),
        List.copyOf(all.keySet()));
    assertEquals(values.get("text"), all.get("text"));
    assertEquals(OBJECT, all.get("object"));
    assertEquals("1.10", all.get("number"));
    assertEquals(all, metadata.read(of(PLAIN)));
    assertEquals(List.of("text=a \"b\" č"), living("instance_metadata", "id > 4"));
    assertEquals(List.of("object=" + OBJECT, "number=1.10", "truth=true", "nothing=null"), ours());
    Instance guest = new NovaInstances(database).load(PLAIN).orElseThrow();
    assertEquals(Set.of("role", "environment", "text"), guest.metadata().keySet());
    assertEquals(
        List.of("object", "number", "truth", "nothing"),
        List.copyOf(guest.customMetadata().keySet()));
  }

  @ParameterizedTest
  @CsvSource({"a, 255, true", "a, 256, false", "č, 255, true", "\uffff, 255, true", "🐎, 1, false"})
  void novasTableGetsWhatItCanHold(String character, int count, boolean isNovas) throws Exception {
    String value = character.repeat(count);
    metadata.merge(of(PLAIN), Map.of("k", "\"" + value + "\""));
    assertEquals(
        isNovas ? List.of("k=" + value) : List.of(), living("instance_metadata", "id > 4"));
    assertEquals(isNovas ? List.of() : List.of("k=\"" + value + "\""), ours());
    assertEquals("\"" + value + "\"", metadata.read(of(PLAIN)).get("k"));
  }

  @Test
  void halfACharacterIsKeptAsItsEscape() throws Exception {
    metadata.merge(of(PLAIN), Map.of("k", "[\"\ud83d\", \"🐎\"]"));
    assertEquals("[\"\\ud83d\", \"🐎\"]", metadata.read(of(PLAIN)).get("k"));
    metadata.merge(of(PLAIN), Map.of("k", "\"\\ud83d\""));
    assertEquals("\"\\ud83d\"", metadata.read(of(PLAIN)).get("k"));
  }

  @Test
  void aValueMayHave64KiB() throws Exception {
    String longest = "\"" + "é".repeat(32 * 1024 - 1) + "\"";
    assertEquals(longest, metadata.merge(of(PLAIN), Map.of("k", longest)).get("k"));
    assertEquals(
        Reason.VALUE_TOO_LONG,
        refusal(() -> metadata.merge(of(PLAIN), Map.of("k", longest.replace("\"", "\"x")))));
    String most = "\"" + "x".repeat(64 * 1024 - 2) + "\"";
    assertEquals(most, metadata.merge(of(PLAIN), Map.of("l", most)).get("l"));
  }

  @Test
  void aValueThatChangesItsKindMovesAndIsInOnePlaceAlone() throws Exception {
    metadata.merge(of(PLAIN), Map.of("k", "\"text\""));
    metadata.merge(of(PLAIN), Map.of("k", OBJECT));
    assertEquals(List.of(), living("instance_metadata", "`key` = 'k'"));
    assertEquals(List.of("k=" + OBJECT), ours());
    metadata.merge(of(PLAIN), Map.of("k", "\"again\""));
    assertEquals(List.of("k=again"), living("instance_metadata", "`key` = 'k'"));
    assertEquals(List.of(), ours());
    assertEquals("\"again\"", metadata.read(of(PLAIN)).get("k"));
  }

  @Test
  void replacingLeavesNothingElse() throws Exception {
    metadata.merge(of(PLAIN), Map.of("k", "[]", "l", "\"x\""));
    assertEquals(
        Map.of("l", "\"x\"", "m", "{}"),
        metadata.replace(of(PLAIN), Map.of("l", "\"x\"", "m", "{}")));
    assertEquals(List.of("l=x"), living("instance_metadata", "instance_uuid = '" + PLAIN + "'"));
    assertEquals(List.of("m={}"), ours());
  }

  @Test
  void replacingByNothingRemovesAllOfThisInstanceAlone() throws Exception {
    metadata.merge(of(STATIC), Map.of("k", "1"));
    metadata.merge(of(PLAIN), Map.of("k", "2"));
    assertEquals(Map.of(), metadata.replace(of(PLAIN), Map.of()));
    assertEquals(Map.of(), metadata.read(of(PLAIN)));
    assertEquals(Set.of("poznámka", "empty", "k"), metadata.read(of(STATIC)).keySet());
  }

  @Test
  void novasRowsAreWrittenAsNovaDoes() throws Exception {
    cloud.change("UPDATE nova_cell1.instances SET updated_at = '2020-01-01'");
    metadata.replace(of(PLAIN), Map.of("role", "\"webserver\"", "new", "\"n\""));
    assertEquals(
        List.of(
            "role webserver deleted=0 updated=null deleted_at=null created=old",
            "environment demo deleted=2 updated=now deleted_at=now created=old",
            "new n deleted=0 updated=null deleted_at=null created=now"),
        marks("instance_metadata"));
    metadata.merge(of(PLAIN), Map.of("role", "\"db\""));
    assertEquals(
        "role db deleted=0 updated=now deleted_at=null created=old",
        marks("instance_metadata").get(0));
    assertEquals("now", timeOf("instances", "updated_at", "uuid = '" + PLAIN + "'"));
  }

  @Test
  void ourRowsAreWrittenLikeThem() throws Exception {
    metadata.merge(of(PLAIN), Map.of("k", "1"));
    metadata.merge(of(PLAIN), Map.of("k", "2"));
    assertEquals(
        List.of("k 2 deleted=0 updated=now deleted_at=null created=now"),
        marks("nova_compat_custom_metadata"));
    metadata.replace(of(PLAIN), Map.of());
    String marks = marks("nova_compat_custom_metadata").get(0);
    assertTrue(marks.matches("k 2 deleted=[1-9]\\d* updated=now deleted_at=now .*"), marks);
  }

  @Test
  void whatChangesNothingWritesNothing() throws Exception {
    cloud.change("UPDATE nova_cell1.instances SET updated_at = '2020-01-01'");
    metadata.merge(of(PLAIN), Map.of("role", "\"webserver\""));
    assertEquals("old", timeOf("instances", "updated_at", "uuid = '" + PLAIN + "'"));
    assertEquals(
        "role webserver deleted=0 updated=null deleted_at=null created=old",
        marks("instance_metadata").get(0));
  }

  @Test
  void keysThatDifferInCaseAloneAreTwo() throws Exception {
    metadata.merge(of(PLAIN), Map.of("Role", "\"upper\"", "ROLE", "1", "rolE", "2"));
    Map<String, String> all = new TreeMap<>(metadata.read(of(PLAIN)));
    all.remove("environment");
    assertEquals(
        Map.of("ROLE", "1", "Role", "\"upper\"", "rolE", "2", "role", "\"webserver\""), all);
  }

  @Test
  void aKeyThatNovaHasTwiceIsOnceAfterItIsSet() throws Exception {
    cloud.change(
        "INSERT INTO nova_cell1.instance_metadata (instance_uuid, `key`, `value`, deleted)"
            + " VALUES ('"
            + PLAIN
            + "', 'role', 'later', 0)");
    assertEquals("\"later\"", metadata.read(of(PLAIN)).get("role"));
    metadata.merge(of(PLAIN), Map.of("role", "\"one\""));
    assertEquals(List.of("role=one"), living("instance_metadata", "`key` = 'role'"));
  }

  @Test
  void aKeyThatNovaWasToldLaterIsNovasAndOneAgainAtTheNextChange() throws Exception {
    metadata.merge(of(PLAIN), Map.of("k", "[1]"));
    cloud.change(
        "INSERT INTO nova_cell1.instance_metadata (instance_uuid, `key`, `value`, deleted)"
            + " VALUES ('"
            + PLAIN
            + "', 'k', 'nova', 0)");
    assertEquals("\"nova\"", metadata.read(of(PLAIN)).get("k"));
    assertEquals(Map.of(), new NovaInstances(database).load(PLAIN).orElseThrow().customMetadata());
    metadata.merge(of(PLAIN), Map.of("k", "[2]"));
    assertEquals(List.of(), living("instance_metadata", "`key` = 'k'"));
    assertEquals(List.of("k=[2]"), ours());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ä", "a/b", "a\n", "a=b", "a,b", "🐎"})
  void keysAreThoseThatNovaTakes(String key) throws Exception {
    assertEquals(Reason.BAD_KEY, refusal(() -> metadata.merge(of(PLAIN), Map.of(key, "1"))));
  }

  @Test
  void aKeyMayHave255Characters() throws Exception {
    String key = "aZ09-_:. ".repeat(29).substring(0, 255);
    assertEquals("1", metadata.merge(of(PLAIN), Map.of(key, "1")).get(key));
    assertEquals("\"x\"", metadata.merge(of(PLAIN), Map.of(key, "\"x\"")).get(key));
    assertEquals(Reason.BAD_KEY, refusal(() -> metadata.merge(of(PLAIN), Map.of(key + "a", "1"))));
  }

  @Test
  void whatIsNoJsonIsTheCallersMistake() {
    assertThrows(IllegalArgumentException.class, () -> metadata.merge(of(PLAIN), Map.of("k", "{")));
  }

  @Test
  void anInstanceIsThereForItsProjectAlone() throws Exception {
    for (CustomMetadataTarget target :
        List.of(
            new CustomMetadataTarget(PLAIN, Set.of("other"), Optional.empty()),
            new CustomMetadataTarget(PLAIN, Set.of(), Optional.empty()),
            of("00000000-0000-4000-8000-000000000000"),
            of(PLAIN.toUpperCase(Locale.ROOT)),
            of(PLAIN + " "),
            of("' OR 1=1 -- "),
            of(""))) {
      assertEquals(Reason.NO_SUCH_INSTANCE, refusal(() -> metadata.read(target)));
      assertEquals(
          Reason.NO_SUCH_INSTANCE, refusal(() -> metadata.merge(target, Map.of("k", "1"))));
      assertEquals(Reason.NO_SUCH_INSTANCE, refusal(() -> metadata.replace(target, Map.of())));
    }
    CustomMetadataTarget several =
        new CustomMetadataTarget(PLAIN, Set.of("other", PROJECT), Optional.of("nova"));
    assertEquals(2, metadata.read(several).size());
  }

  @Test
  void aDeletedInstanceIsGone() throws Exception {
    cloud.change("UPDATE nova_cell1.instances SET deleted = id WHERE uuid = '" + PLAIN + "'");
    assertEquals(Reason.NO_SUCH_INSTANCE, refusal(() -> metadata.read(of(PLAIN))));
    assertEquals(
        Reason.NO_SUCH_INSTANCE, refusal(() -> metadata.merge(of(PLAIN), Map.of("k", "1"))));
  }

  @Test
  void theZoneMustBeTheInstances() throws Exception {
    CustomMetadataTarget target =
        new CustomMetadataTarget(NUMA, Set.of(PROJECT), Optional.of("west"));
    assertEquals(Reason.OTHER_ZONE, refusal(() -> metadata.read(target)));
    assertEquals(Reason.OTHER_ZONE, refusal(() -> metadata.merge(target, Map.of())));
    assertEquals(
        Map.of("role", "\"database\""),
        metadata.read(new CustomMetadataTarget(NUMA, Set.of(PROJECT), Optional.of("east"))));
  }

  @ParameterizedTest
  @CsvSource({
    "vm_state = 'active', true",
    "vm_state = 'stopped', true",
    "vm_state = 'paused', false",
    "vm_state = 'error', false",
    "vm_state = 'building', false",
    "vm_state = 'soft-delete', false",
    "vm_state = NULL, false",
    "task_state = 'rebuilding', false",
    "locked = 1, false",
    "locked = 0, true",
  })
  void changesAreForInstancesThatAreActiveOrStopped(String state, boolean allowed)
      throws Exception {
    cloud.change("UPDATE nova_cell1.instances SET " + state + " WHERE uuid = '" + PLAIN + "'");
    if (allowed) {
      metadata.merge(of(PLAIN), Map.of("k", "1"));
    } else {
      assertEquals(Reason.WRONG_STATE, refusal(() -> metadata.merge(of(PLAIN), Map.of("k", "1"))));
      assertEquals(Reason.WRONG_STATE, refusal(() -> metadata.replace(of(PLAIN), Map.of())));
    }
    assertEquals(allowed ? 3 : 2, metadata.read(of(PLAIN)).size());
  }

  @Test
  void theQuotaCountsBothTables() throws Exception {
    metadata = new NovaCustomMetadata(database, 4);
    metadata.merge(of(PLAIN), Map.of("a", "1", "b", "\"2\""));
    metadata.merge(of(PLAIN), Map.of("a", "\"1\"", "b", "2"));
    assertEquals(Reason.TOO_MANY_KEYS, refusal(() -> metadata.merge(of(PLAIN), Map.of("c", "1"))));
    metadata.replace(of(PLAIN), Map.of("c", "1", "d", "2", "e", "3", "f", "\"4\""));
    assertEquals(
        Reason.TOO_MANY_KEYS,
        refusal(
            () ->
                metadata.replace(
                    of(PLAIN), Map.of("1", "1", "2", "2", "3", "3", "4", "4", "5", "5"))));
    assertEquals(Set.of("c", "d", "e", "f"), metadata.read(of(PLAIN)).keySet());
    new NovaCustomMetadata(database, -1).merge(of(PLAIN), Map.of("g", "1"));
  }

  @Test
  void theApiDatabasesQuotaComesBeforeTheConfiguredOne() throws Exception {
    cloud.change(
        "INSERT INTO nova_api.quota_classes (class_name, resource, hard_limit) VALUES"
            + " ('default', 'metadata_items', 3), ('other', 'metadata_items', 1),"
            + " ('default', 'cores', 0)");
    metadata.merge(of(PLAIN), Map.of("a", "1"));
    assertEquals(Reason.TOO_MANY_KEYS, refusal(() -> metadata.merge(of(PLAIN), Map.of("b", "1"))));
    cloud.change(
        "INSERT INTO nova_api.quotas (project_id, resource, hard_limit) VALUES"
            + " ('"
            + PROJECT
            + "', 'metadata_items', 4), ('other', 'metadata_items', 9)");
    metadata.merge(of(PLAIN), Map.of("b", "1"));
    assertEquals(Reason.TOO_MANY_KEYS, refusal(() -> metadata.merge(of(PLAIN), Map.of("c", "1"))));
    cloud.change("UPDATE nova_api.quotas SET hard_limit = NULL");
    metadata.merge(of(PLAIN), Map.of("c", "1"));
  }

  @Test
  void withoutOurTableStringsWorkAndTheRestIsRefused() throws Exception {
    cloud.change("DROP VIEW nova_cell1.nova_compat_custom_metadata");
    assertEquals(
        Reason.NO_TABLE,
        refusal(() -> metadata.merge(of(PLAIN), Map.of("k", "1", "l", "\"text\""))));
    assertFalse(metadata.read(of(PLAIN)).containsKey("l"));
    assertEquals("\"text\"", metadata.merge(of(PLAIN), Map.of("l", "\"text\"")).get("l"));
    assertEquals(Map.of(), metadata.replace(of(PLAIN), Map.of()));
    assertEquals("1", metadata.merge(of(NUMA), Map.of("k", "1")).get("k"));
  }

  @Test
  void writersWithKeysOfTheirOwnLoseNothing() throws Exception {
    int writers = 16;
    List<Callable<Map<String, String>>> tasks = new ArrayList<>();
    for (int writer = 0; writer < writers; writer++) {
      String key = "key" + writer;
      String other = writer % 2 == 0 ? "{\"n\": 1}" : "\"text\"";
      tasks.add(() -> metadata.merge(of(PLAIN), Map.of(key, "\"first\"")));
      tasks.add(() -> metadata.merge(of(PLAIN), Map.of(key + "x", other)));
    }
    atOnce(tasks);
    assertEquals(2 + 2 * writers, metadata.read(of(PLAIN)).size());
    assertNoKeyTwice();
  }

  @Test
  void writersOfOneKeyLeaveItInOnePlaceWithOneOfTheirValues() throws Exception {
    List<Callable<Map<String, String>>> tasks =
        IntStream.range(0, 32)
            .<Callable<Map<String, String>>>mapToObj(
                n -> () -> metadata.merge(of(PLAIN), Map.of("k", n % 2 == 0 ? "" + n : "\"n\"")))
            .toList();
    atOnce(tasks);
    assertEquals(3, metadata.read(of(PLAIN)).size());
    assertNoKeyTwice();
  }

  @Test
  void writersOfManyInstancesDoNotBlockEachOther() throws Exception {
    List<Callable<Map<String, String>>> tasks = new ArrayList<>();
    for (int n = 0; n < 16; n++) {
      String key = "k" + n;
      for (String instance : List.of(PLAIN, STATIC, NUMA)) {
        tasks.add(() -> metadata.merge(of(instance), Map.of(key, "[]", "s" + key, "\"\"")));
      }
    }
    atOnce(tasks);
    assertEquals(34, metadata.read(of(PLAIN)).size());
    assertEquals(34, metadata.read(of(STATIC)).size());
    assertEquals(33, metadata.read(of(NUMA)).size());
  }

  /** MariaDB 11.6 and newer refuse to change what changed since the snapshot. */
  @ParameterizedTest
  @ValueSource(strings = {"OFF", "ON"})
  void aKeyThatNovaDeletesMeanwhileIsSetAnew(String snapshotIsolation) throws Exception {
    cloud.change("SET GLOBAL innodb_snapshot_isolation = " + snapshotIsolation);
    database.close();
    database = NovaDatabase.open(cloud.settings());
    metadata = new NovaCustomMetadata(database, NOVAS_LIMIT);
    ExecutorService nova = Executors.newSingleThreadExecutor();
    try {
      Future<?> deletions =
          nova.submit(
              () -> {
                for (int i = 0; i < 200; i++) {
                  cloud.change(
                      "UPDATE nova_cell1.instance_metadata SET deleted = id,"
                          + " deleted_at = UTC_TIMESTAMP() WHERE instance_uuid = '"
                          + PLAIN
                          + "' AND `key` = 'k' AND deleted = 0");
                }
                return null;
              });
      for (int i = 0; !deletions.isDone(); i++) {
        Map<String, String> all = metadata.merge(of(PLAIN), Map.of("k", "\"" + i + "\""));
        assertEquals("\"" + i + "\"", all.get("k"));
      }
      deletions.get();
      assertNoKeyTwice();
    } finally {
      cloud.change("SET GLOBAL innodb_snapshot_isolation = OFF");
      nova.shutdownNow();
    }
  }

  @Test
  void anInstanceThatAnotherHoldsTooLongHoldsUpNoOther() throws Exception {
    cloud.change("BEGIN; UPDATE nova_cell1.instances SET locked = 0 WHERE uuid = '" + PLAIN + "'");
    try {
      assertTimeout(
          Duration.ofSeconds(6),
          () ->
              assertThrows(
                  StoreUnavailableException.class,
                  () -> metadata.merge(of(PLAIN), Map.of("k", "1"))));
      assertEquals(3, metadata.merge(of(STATIC), Map.of("k", "1")).size());
      assertEquals(2, metadata.read(of(PLAIN)).size());
    } finally {
      cloud.change("COMMIT");
    }
    assertEquals(3, metadata.merge(of(PLAIN), Map.of("k", "1")).size());
  }

  @Test
  void aDatabaseThatIsAwayIsNotARefusal() throws Exception {
    cloud.change("RENAME TABLE nova_cell1.instance_metadata TO nova_cell1.elsewhere");
    try {
      assertThrows(
          StoreUnavailableException.class, () -> metadata.merge(of(PLAIN), Map.of("k", "1")));
      assertThrows(StoreUnavailableException.class, () -> metadata.read(of(PLAIN)));
    } finally {
      cloud.change("RENAME TABLE nova_cell1.elsewhere TO nova_cell1.instance_metadata");
    }
  }

  private static CustomMetadataTarget of(String instance) {
    return new CustomMetadataTarget(instance, Set.of(PROJECT), Optional.empty());
  }

  private static Reason refusal(Callable<?> deed) {
    return assertThrows(CustomMetadataRefusedException.class, deed::call).reason();
  }

  private static void atOnce(List<Callable<Map<String, String>>> tasks) throws Exception {
    ExecutorService writers = Executors.newFixedThreadPool(16);
    try {
      for (Future<?> done : writers.invokeAll(tasks)) {
        done.get();
      }
    } finally {
      writers.shutdown();
    }
  }

  private static void assertNoKeyTwice() throws Exception {
    List<String> keys = new ArrayList<>(living("instance_metadata", mine()));
    keys.addAll(living("nova_compat_custom_metadata", mine()));
    List<String> names = keys.stream().map(entry -> entry.replaceFirst("=.*", "")).toList();
    assertEquals(names.size(), Set.copyOf(names).size(), names.toString());
  }

  private static String mine() {
    return "instance_uuid = '" + PLAIN + "'";
  }

  private static List<String> ours() throws Exception {
    return living("nova_compat_custom_metadata", mine());
  }

  private static List<String> living(String table, String condition) throws Exception {
    return cloud
        .query(
            "SELECT `key`, `value` FROM nova_cell1."
                + (table + " WHERE deleted = 0 AND " + condition + " ORDER BY id"))
        .stream()
        .map(row -> row.get("key") + "=" + row.get("value"))
        .toList();
  }

  private static List<String> marks(String table) throws Exception {
    return cloud
        .query(
            "SELECT CONCAT(`key`, ' ', `value`, ' deleted=', deleted, ' updated=', "
                + age("updated_at")
                + ", ' deleted_at=', "
                + age("deleted_at")
                + ", ' created=', "
                + age("created_at")
                + ") AS mark FROM nova_cell1."
                + (table + " WHERE " + mine() + " ORDER BY id"))
        .stream()
        .map(row -> row.get("mark"))
        .toList();
  }

  private static String timeOf(String table, String column, String condition) throws Exception {
    return cloud
        .query("SELECT " + age(column) + " AS age FROM nova_cell1." + table + " WHERE " + condition)
        .get(0)
        .get("age");
  }

  private static String age(String column) {
    return "CASE WHEN "
        + column
        + " IS NULL THEN 'null' WHEN ABS(TIMESTAMPDIFF(SECOND, "
        + column
        + ", UTC_TIMESTAMP())) < 60 THEN 'now' ELSE 'old' END";
  }
}
