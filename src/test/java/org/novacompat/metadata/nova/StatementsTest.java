// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.novacompat.metadata.nova.DemoCloud.NUMA;
import static org.novacompat.metadata.nova.DemoCloud.PLAIN;
import static org.novacompat.metadata.nova.DemoCloud.STATIC;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.novacompat.metadata.instance.CustomMetadataTarget;
import org.novacompat.metadata.instance.PasswordStore.Outcome;
import org.novacompat.metadata.instance.RequestIds.Sighting;
import org.novacompat.metadata.nova.DemoCloud.Sent;
import org.novacompat.metadata.nova.custommetadata.NovaCustomMetadata;
import org.novacompat.metadata.nova.custommetadata.SharedRequestIds;
import org.novacompat.metadata.nova.database.NovaDatabase;
import org.novacompat.metadata.nova.instances.FixedIps;
import org.novacompat.metadata.nova.instances.NovaInstances;
import org.novacompat.metadata.nova.instances.NovaPasswords;
import org.novacompat.metadata.nova.release.NovaRelease;
import org.novacompat.metadata.python.Ip;

/**
 * Every statement that is sent goes by an index: whatever reaches the server while everything is
 * done that sends any, as the server notes it, is explained by the server, on tables that are large
 * enough for it to choose.
 */
class StatementsTest extends OnDemoCloud {
  private static final int INSTANCES = 3_000;
  private static final int MAX_KEYS = 128;
  private static final String PROJECT = "3f2c1b0a9d8e4f7c8b6a5d4e3c2b1a00";

  /** What is read row by row, and why that is right. */
  private static final Map<String, String> EXCEPTIONS =
      Map.of(
          "from s3_images", "nova made no index on its uuid; once an image and process",
          "from cell_mappings", "a handful of rows, and all are wanted; once a minute",
          "order by id desc limit 16", "the last rows; at the start",
          "from services", "a row for each service of each host; once in five minutes",
          "from alembic_version", "one row",
          "from migrate_version", "one row, or no such table",
          "from nova_compat_seen_requests limit", "ends at the first row; at the start");

  private static final Set<String> BY_INDEX = Set.of("const", "eq_ref", "ref", "range", "system");

  @BeforeEach
  void fill() throws Exception {
    cloud.change("USE nova_cell1");
    String uuid = "CONCAT(LPAD(LOWER(HEX(seq)), 8, '0'), '-0000-4000-8000-000000000000')";
    copy("instances", "uuid, deleted", uuid + ", 0");
    copy("instance_id_mappings", "uuid, deleted", uuid + ", 0");
    copy("s3_images", "uuid, deleted", uuid + ", 0");
    copy("nova_api.instance_mappings", "instance_uuid, cell_id, project_id", uuid + ", 2, 'p'");
    copy(
        "fixed_ips",
        "address, instance_uuid, deleted",
        "CONCAT('10.8.', seq DIV 250, '.', seq MOD 250), " + uuid + ", 0");
    copy("instance_extra", "instance_uuid, flavor, deleted", uuid + ", '{}', 0");
    copy("instance_info_caches", "instance_uuid, network_info, deleted", uuid + ", '[]', 0");
    copy("block_device_mapping", "instance_uuid, device_name, deleted", uuid + ", 'vda', 0");
    for (String table : List.of("instance_metadata", "instance_system_metadata")) {
      copy(table, "instance_uuid, `key`, `value`, deleted", uuid + ", 'k', 'v', 0");
    }
    copy(
        "virtual_interfaces",
        "address, instance_uuid, deleted",
        "CONCAT('02:00:00:', LPAD(HEX(seq), 6, '0')), " + uuid + ", 0");
    copy("nova_api.quotas", "project_id, resource", "CONCAT('p', seq), 'metadata_items'");
    copy("nova_api.quota_classes", "class_name, resource", "CONCAT('c', seq), 'metadata_items'");
    copy(
        "nova_compat_nova_cell1.custom_metadata",
        "instance_uuid, `key`, `value`",
        uuid + ", 'k', '1'");
    cloud.change("DELETE FROM nova_compat_nova_cell0.seen_requests");
    copy(
        "nova_compat_nova_cell0.seen_requests",
        "digest, expires_at",
        "UNHEX(SHA2(seq, 256)), UTC_TIMESTAMP() + INTERVAL 1 DAY");
    analyze();
  }

  private static void analyze() throws Exception {
    cloud.query(
        "ANALYZE TABLE instances, instance_extra, instance_info_caches, instance_metadata,"
            + " instance_system_metadata, block_device_mapping, instance_id_mappings, s3_images,"
            + " fixed_ips, virtual_interfaces, nova_api.instance_mappings, nova_api.quotas,"
            + " nova_api.quota_classes,"
            + " nova_compat_nova_cell1.custom_metadata, nova_compat_nova_cell0.seen_requests");
  }

  private static void copy(String table, String columns, String values) throws Exception {
    cloud.change(
        "INSERT INTO %s (%s) SELECT %s FROM seq_1_to_%d"
            .formatted(table, columns, values, INSTANCES));
  }

  @Test
  void everyStatementGoesByAnIndexButForFew() throws Exception {
    List<Sent> sent = cloud.sent(StatementsTest::doEverything);

    Map<String, Sent> statements = new LinkedHashMap<>();
    sent.stream()
        .filter(Sent::isExecuted)
        .filter(statement -> statement.text().matches("(?is)\\(?(select|update|delete)\\b.*"))
        .filter(statement -> statement.text().matches("(?is).*\\b(from|update)\\b.*"))
        .forEach(statement -> statements.put(shape(statement.text()), statement));
    Set<String> scanned = new TreeSet<>();
    for (Sent statement : statements.values()) {
      explain(statement, scanned);
    }
    assertEquals(EXCEPTIONS.keySet(), scanned);
    assertTrue(statements.size() >= 14, statements.keySet()::toString);
  }

  /** Those that are joined in none that the other could be compared in. */
  @Test
  void alsoWhereTablesDifferInCollation() throws Exception {
    cloud.dropForeignKeys();
    Map<String, String> collations =
        Map.of(
            "instances", "utf8mb3_unicode_ci",
            "instance_extra", "utf8mb4_bin",
            "instance_info_caches", "utf8mb4_general_ci",
            "instance_metadata", "utf8mb4_unicode_ci",
            "instance_id_mappings", "utf16_general_ci",
            "fixed_ips", "utf8mb4_general_ci",
            "nova_api.instance_mappings", "latin1_swedish_ci");
    for (Map.Entry<String, String> table : collations.entrySet()) {
      String collation = table.getValue();
      cloud.change(
          "ALTER TABLE %s CONVERT TO CHARACTER SET %s COLLATE %s"
              .formatted(table.getKey(), collation.replaceFirst("_.*", ""), collation));
    }
    analyze();
    everyStatementGoesByAnIndexButForFew();
  }

  /** All that asks nova's databases, by every way through its statements. */
  private static void doEverything() throws Exception {
    try (NovaDatabase database = NovaDatabase.open(cloud.settings())) {
      NovaInstances instances = new NovaInstances(database);
      for (String uuid : List.of(PLAIN, STATIC, NUMA, uuid(INSTANCES), "none")) {
        instances.load(uuid);
      }
      NovaPasswords passwords = new NovaPasswords(database);
      assertEquals(Outcome.STORED, passwords.store(PLAIN, ""));
      cloud.change(
          "INSERT INTO nova_cell1.instance_system_metadata (instance_uuid, `key`, `value`, deleted)"
              + " VALUES ('%s', 'password_0', '', 0)".formatted(PLAIN));
      assertEquals(Outcome.STORED, passwords.store(PLAIN, "x"));
      FixedIps fixedIps = new FixedIps(database);
      assertEquals(1, fixedIps.instancesWith(Ip.parse("10.8.4.7").orElseThrow()).size());
      fixedIps.instancesWith(Ip.parse("fe80::f816:3eff:fe0a:1").orElseThrow());
      instances.newest(1);
      doEverythingOfTheOpenApi(database);
      try (NovaRelease release = NovaRelease.open(database, presented -> {})) {
        release.awaitFirstReading(Duration.ofSeconds(30));
        assertTrue(release.known().isPresent());
      }
    }
  }

  private static void doEverythingOfTheOpenApi(NovaDatabase database) throws Exception {
    SharedRequestIds ids = new SharedRequestIds(database);
    ids.prepare();
    NovaCustomMetadata metadata = new NovaCustomMetadata(database, MAX_KEYS);
    CustomMetadataTarget target =
        new CustomMetadataTarget(PLAIN, Set.of(PROJECT), Optional.empty());
    metadata.merge(target, Map.of("text", "\"1\"", "number", "1"));
    metadata.merge(target, Map.of("text", "\"2\"", "number", "2"));
    metadata.replace(target, metadata.read(target));
    metadata.replace(target, Map.of());
    assertEquals(Sighting.FIRST, ids.look("ak", "id", Duration.ofMinutes(5)));
    assertEquals(Sighting.AGAIN, ids.look("ak", "id", Duration.ofMinutes(5)));
  }

  private static String uuid(int number) {
    return "%08x-0000-4000-8000-000000000000".formatted(number);
  }

  /** A statement without what differs each time. */
  private static String shape(String statement) {
    return statement
        .replaceAll("'[^']*'", "?")
        .replaceAll("\\b\\d+\\b", "?")
        .replaceAll("\\?(, ?\\?)+", "?");
  }

  private static void explain(Sent statement, Set<String> scanned) throws Exception {
    Optional<String> exception =
        EXCEPTIONS.keySet().stream().filter(statement.text()::contains).findAny();
    if (exception.isPresent()) {
      scanned.add(exception.get());
      return;
    }
    cloud.change("USE " + statement.database());
    for (Map<String, String> step : cloud.query("EXPLAIN " + statement.text())) {
      boolean readsATable = step.get("table") != null && !step.get("table").startsWith("<");
      if (readsATable) {
        assertTrue(BY_INDEX.contains(step.get("type")), () -> statement + ": " + step);
        assertNotNull(step.get("key"), () -> statement + ": " + step);
      }
    }
  }
}
