// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import static java.util.Optional.of;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.novacompat.metadata.nova.DemoCloud.PLAIN;
import static org.novacompat.metadata.nova.DemoCloud.STATIC;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.novacompat.metadata.command.migrate.CompanionDatabase;
import org.novacompat.metadata.config.ApiRelease;
import org.novacompat.metadata.config.DatabaseUrl;
import org.novacompat.metadata.instance.BlockDevices;
import org.novacompat.metadata.instance.CustomMetadataRefusedException;
import org.novacompat.metadata.instance.CustomMetadataTarget;
import org.novacompat.metadata.instance.Instance;
import org.novacompat.metadata.nova.custommetadata.NovaCustomMetadata;
import org.novacompat.metadata.nova.custommetadata.SharedRequestIds;
import org.novacompat.metadata.nova.database.NovaDatabase;
import org.novacompat.metadata.nova.instances.FixedIps;
import org.novacompat.metadata.nova.instances.NovaInstances;
import org.novacompat.metadata.nova.instances.NovaPasswords;
import org.novacompat.metadata.nova.release.NovaRelease;
import org.novacompat.metadata.python.Ip;

/**
 * Whatever character sets and collations the tables of one cloud have, each statement works and
 * finds the same.
 */
class CollationsTest {
  private static final String PROJECT = "3f2c1b0a9d8e4f7c8b6a5d4e3c2b1a00";
  private static final int KEYS_OF_EACH = 128;

  /** As MariaDB, MySQL and nova's releases made tables. */
  private static final List<String> COLLATIONS =
      List.of(
          "utf8mb4_general_ci",
          "utf8mb4_unicode_ci",
          "utf8mb4_bin",
          "utf8mb4_uca1400_ai_ci",
          "utf8mb3_unicode_ci",
          "utf8mb3_bin",
          "utf16_general_ci");

  /** Where a statement names a table. */
  private static final Pattern TABLE =
      Pattern.compile(
          "(?i)\\b(?:from|join|update|into)\\s+(?:\\$\\{\\w+}\\.|`\\w+`\\.)?`?([a-z_][a-z0-9_]*)`?");

  private static final Pattern LITERAL =
      Pattern.compile("(?s)\"\"\".*?\"\"\"|\"(?:[^\"\\\\\\n]|\\\\.)*\"");

  /** What follows such a word in a literal, and is no table of nova's or ours. */
  private static final Set<String> NO_TABLES = Set.of("information_schema", "now", "our", "the");

  /** What the name of a view begins with; that of its table follows. */
  private static final String VIEW_OF_OURS = "nova_compat_";

  private static DemoCloud cloud;
  private static NovaDatabase database;

  /**
   * A table that the product reads or writes.
   *
   * @param database where it is
   * @param name its name there
   * @param collation what it was made with
   */
  private record Place(String database, String name, String collation) {
    void convert(String collation) throws SQLException {
      cloud.change(
          "SET foreign_key_checks = 0; ALTER TABLE %s.%s CONVERT TO CHARACTER SET %s COLLATE %s"
              .formatted(database, name, collation.replaceFirst("_.*", ""), collation));
    }

    boolean isOfApi() {
      return database.equals("nova_api");
    }
  }

  @BeforeAll
  static void start() throws Exception {
    cloud = DemoCloud.start();
    makeTables();
  }

  private static void startAnew() throws Exception {
    database.close();
    cloud.forget();
    cloud.reset();
    makeTables();
  }

  private static void makeTables() throws Exception {
    cloud.dropForeignKeys();
    cloud.change(
        """
        USE nova_cell1;
        INSERT INTO instance_system_metadata (instance_uuid, `key`, `value`, deleted)
          VALUES ('%1$s', 'Password_2', 'none', 0), ('%1$s', 'pässword_3', 'none', 0);
        USE nova_api;
        DROP TABLE alembic_version;
        CREATE TABLE migrate_version (repository_id varchar(250) NOT NULL PRIMARY KEY,
          repository_path text, version int);
        INSERT INTO migrate_version VALUES ('api', '', 80);
        INSERT INTO quotas (project_id, resource, hard_limit)
          VALUES ('%2$s', 'metadata_items', 3), ('%2$s', 'instances', 1);
        INSERT INTO quota_classes (class_name, resource, hard_limit)
          VALUES ('default', 'metadata_items', 7), ('other', 'metadata_items', 1)"""
            .formatted(PLAIN, PROJECT));
    database = NovaDatabase.open(cloud.settings());
  }

  @AfterAll
  static void stop() throws Exception {
    database.close();
    cloud.close();
  }

  @Test
  void everyTableOfAStatementIsConvertedAndRead() throws Exception {
    Set<String> read = new TreeSet<>();
    try (NovaDatabase anew = NovaDatabase.open(cloud.settings())) {
      for (DemoCloud.Sent statement : cloud.sent(() -> everything(anew))) {
        read.addAll(behindViews(tables(statement.text())));
      }
    }
    Set<String> named = new TreeSet<>();
    places().forEach(place -> named.add(place.name()));
    named.removeAll(read);
    assertEquals(Set.of(), named, "named in the product's statements, but not asked here");
  }

  @TestFactory
  Stream<DynamicTest> aTableMayDifferFromTheOthers() throws Exception {
    String expected = everything(database);
    return places().stream()
        .map(place -> DynamicTest.dynamicTest(place.name(), () -> assertSame(expected, place)));
  }

  private static void assertSame(String expected, Place place) throws Exception {
    try {
      for (String collation : COLLATIONS) {
        place.convert(collation);
        assertEquals(expected, asked(place), collation);
      }
    } finally {
      place.convert(place.collation());
    }
  }

  private static String asked(Place place) throws Exception {
    if (!place.isOfApi()) {
      return everything(database);
    }
    try (NovaDatabase anew = NovaDatabase.open(cloud.settings())) {
      return everything(anew);
    }
  }

  /** As in a cloud where half of the tables were converted. */
  @Test
  void whatIsBesideAnInstanceGoesByTheUuidAsTheInstanceSpellsIt() throws Exception {
    List<Place> converted =
        places().stream()
            .filter(place -> !place.isOfApi() && !place.name().equals("instances"))
            .toList();
    String expected = new NovaInstances(database).load(PLAIN).orElseThrow().toString();
    for (Place place : converted) {
      place.convert("utf8mb4_bin");
    }
    try {
      String upperCase = PLAIN.toUpperCase(Locale.ROOT);
      assertEquals(expected, new NovaInstances(database).load(upperCase).orElseThrow().toString());
    } finally {
      for (Place place : converted) {
        place.convert(place.collation());
      }
    }
  }

  @Test
  void noTextIsChanged() throws Exception {
    String horse = "Žluťoučký 馬 🐎\u0301  ";
    String longest = "🐎".repeat(254) + " ";
    try {
      cloud.change(
          """
        SET foreign_key_checks = 0; USE nova_cell1;
        ALTER TABLE instance_metadata CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
        ALTER TABLE instance_system_metadata CONVERT TO CHARACTER SET utf16;
        ALTER TABLE block_device_mapping CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
        INSERT INTO instance_metadata (instance_uuid, `key`, `value`, deleted)
          VALUES ('%1$s', '%2$s', '%3$s', 0), ('%1$s', 'null', NULL, 0), ('%1$s', 'k', 'x ', 0),
            ('%1$s', 'K', 'X', 0), ('%1$s', 'ḱ', '', 0), ('%1$s', 'k ', ' ', 0);
        INSERT INTO instance_system_metadata (instance_uuid, `key`, `value`, deleted)
          VALUES ('%1$s', 'password_0', '%3$s', 0), ('%1$s', 'PASSWORD_1', 'x', 0),
            ('%1$s', 'password_1', '%2$s', 0);
        UPDATE block_device_mapping SET device_name = '%2$s', guest_format = 'é ';
        INSERT INTO nova_compat_custom_metadata (instance_uuid, `key`, `value`)
          VALUES ('%1$s', 'ours', '"%4$s"')"""
              .formatted(PLAIN, horse, longest, "🐎".repeat(20_000)));
      Instance instance = new NovaInstances(database).load(PLAIN).orElseThrow();
      Map<String, Optional<String>> metadata = new LinkedHashMap<>(instance.metadata());
      metadata.keySet().removeAll(Set.of("role", "environment"));
      assertEquals(
          Map.of(
              horse,
              Optional.of(longest),
              "null",
              Optional.empty(),
              "k",
              Optional.of("x "),
              "K",
              Optional.of("X"),
              "ḱ",
              Optional.of(""),
              "k ",
              Optional.of(" ")),
          metadata);
      assertEquals(Optional.of(longest + horse), instance.password());
      assertEquals(
          List.of(new BlockDevices.Mapping(of("image"), of("local"), of("é "), of(horse))),
          instance.blockDevices().mappings());
      assertEquals(Map.of("ours", "\"" + "🐎".repeat(20_000) + "\""), instance.customMetadata());
    } finally {
      startAnew();
    }
  }

  /** As the default of MySQL was, with text that it can hold. */
  @Test
  void allTablesMayBeInLatin1() throws Exception {
    try {
      cloud.change("UPDATE nova_cell1.instances SET display_name = 'größe', hostname = 'x'");
      cloud.change(
          "UPDATE nova_cell1.instance_metadata SET `key` = 'größe', `value` = 'é '"
              + " WHERE instance_uuid = '%s'".formatted(STATIC));
      String expected = new NovaInstances(database).load(STATIC).orElseThrow().toString();
      for (Place place : places()) {
        if (!place.database().equals(CompanionDatabase.nameBeside("nova_cell1"))) {
          place.convert("latin1_swedish_ci");
        }
      }
      assertEquals(expected, new NovaInstances(database).load(STATIC).orElseThrow().toString());
      everything(database);
    } finally {
      startAnew();
    }
  }

  /** What a table cannot hold is kept in ours, which can do with ASCII. */
  @Test
  void customMetadataIsKeptWholeWhateverATableHolds() throws Exception {
    try {
      cloud.change(
          """
          UPDATE nova_api.quotas SET hard_limit = 5;
          USE nova_cell1;
          DELETE FROM instance_metadata;
          ALTER TABLE instance_metadata CONVERT TO CHARACTER SET latin1;
          ALTER TABLE nova_compat_nova_cell1.custom_metadata CONVERT TO CHARACTER SET utf8mb3""");
      NovaCustomMetadata metadata = new NovaCustomMetadata(database, KEYS_OF_EACH);
      CustomMetadataTarget target =
          new CustomMetadataTarget(PLAIN, Set.of(PROJECT), Optional.empty());
      assertEquals(
          Map.of("a", "\"plain\"", "l", "\"größe\""),
          metadata.replace(target, Map.of("a", "\"plain\"", "l", "\"größe\"")));
      Map<String, String> found =
          metadata.merge(target, Map.of("h", "\"\u99ac\"", "o", "[\"🐎 馬\"]", "b", "\"b\""));
      assertEquals("\"\\u99ac\"", found.get("h"));
      assertEquals("[\"\\ud83d\\udc0e \\u99ac\"]", found.get("o"));
      Instance instance = new NovaInstances(database).load(PLAIN).orElseThrow();
      assertEquals(Set.of("a", "l", "b"), instance.metadata().keySet());
      assertEquals(Set.of("h", "o"), instance.customMetadata().keySet());
    } finally {
      startAnew();
    }
  }

  /** Whatever new connections begin with, and databases are made with. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "character_set_server = latin1",
        "collation_server = utf8mb4_bin",
        "character_set_server = utf16",
        "character_set_collations = 'utf8mb3=utf8mb3_bin,utf8mb4=utf8mb4_uca1400_ai_ci'",
        "init_connect = 'SET NAMES latin1'",
        "init_connect = 'SET collation_connection = utf8mb4_unicode_ci'",
        "init_connect = 'SET character_set_connection = latin1'"
      })
  void theServersDefaultsDoNotMatter(String setting) throws Exception {
    String expected = everything(database);
    String name = setting.replaceFirst(" .*", "");
    String before = cloud.query("SELECT @@GLOBAL." + name + " AS v").get(0).get("v");
    cloud.change("SET GLOBAL " + setting);
    try (NovaDatabase anew = NovaDatabase.open(cloud.plainUsersSettings())) {
      assertEquals(expected, everything(anew));
    } finally {
      cloud.change("SET GLOBAL %s = '%s'".formatted(name, before));
    }
  }

  /** What the product can ask and do, with what came of it; leaves the rows as they were. */
  private static String everything(NovaDatabase database) throws Exception {
    List<Object> found = new ArrayList<>();
    NovaInstances instances = new NovaInstances(database);
    found.add(instances.newest(1));
    cloud.change("DELETE FROM nova_cell1.instance_id_mappings; DELETE FROM nova_cell1.s3_images");
    cloud.change("ALTER TABLE nova_cell1.instance_id_mappings AUTO_INCREMENT = 1");
    cloud.change("ALTER TABLE nova_cell1.s3_images AUTO_INCREMENT = 1");
    found.add(instances.load(PLAIN).orElseThrow());
    found.add(instances.load(STATIC).orElseThrow());
    found.add(new NovaInstances(database).load(PLAIN).orElseThrow().ec2Ids());
    found.addAll(passwords(database));
    found.addAll(customMetadata(database));
    found.addAll(addresses(database));
    found.add(release(database));
    found.addAll(requestIds(database));
    try (CompanionDatabase beside =
        CompanionDatabase.open(
            DatabaseUrl.parse(cloud.connection("nova_cell1")), Path.of("migrations"))) {
      beside.up();
      found.add("purged " + purged(beside));
    }
    return String.join("\n", found.stream().map(Object::toString).toList());
  }

  private static List<Object> requestIds(NovaDatabase database) throws Exception {
    cloud.change("DELETE FROM nova_compat_nova_cell0.seen_requests");
    List<Object> found = new ArrayList<>();
    for (String id : List.of("id", "ID", "id", "ïd")) {
      found.add(new SharedRequestIds(database).look("ak", id, Duration.ofMinutes(5)));
    }
    return found;
  }

  private static ApiRelease release(NovaDatabase database) throws Exception {
    try (NovaRelease release = NovaRelease.open(database, presented -> {})) {
      release.awaitFirstReading(Duration.ofSeconds(30));
      return release.known().orElseThrow();
    }
  }

  private static List<Object> passwords(NovaDatabase database) throws Exception {
    NovaPasswords passwords = new NovaPasswords(database);
    List<Object> found = new ArrayList<>();
    found.add(passwords.store(PLAIN, "geheim ž "));
    found.add(new NovaInstances(database).load(PLAIN).orElseThrow().password());
    found.add(passwords.store(PLAIN, "another"));
    String delete = "DELETE FROM nova_cell1.instance_system_metadata WHERE instance_uuid = '%s'";
    cloud.change(delete.formatted(PLAIN) + " AND `key` = 'password_0'");
    found.add(passwords.store(PLAIN, ""));
    cloud.change(delete.formatted(PLAIN) + " AND `key` LIKE BINARY 'password\\_%'");
    return found;
  }

  private static List<Object> customMetadata(NovaDatabase database) throws Exception {
    NovaCustomMetadata metadata = new NovaCustomMetadata(database, KEYS_OF_EACH);
    CustomMetadataTarget target =
        new CustomMetadataTarget(PLAIN, Set.of(PROJECT), Optional.of("nova"));
    Map<String, String> before = metadata.read(target);
    List<Object> found = new ArrayList<>();
    found.add(before);
    Map<String, String> values = new LinkedHashMap<>();
    values.put("k", "\"ž \"");
    values.put("K", "{\"of\": \"ours 馬 \"}");
    values.put("k ", "\"\"");
    found.add(metadata.replace(target, values));
    found.add(metadata.merge(target, Map.of("k", "[]", "K", "\"of nova's\"")));
    found.add(new NovaInstances(database).load(PLAIN).orElseThrow().metadata());
    found.add(
        assertThrows(
                CustomMetadataRefusedException.class,
                () -> metadata.merge(target, Map.of("fourth", "4")))
            .reason());
    found.add(metadata.replace(target, Map.of()));
    metadata.replace(target, before);
    return found;
  }

  private static List<Object> addresses(NovaDatabase database) throws Exception {
    List<Object> found = new ArrayList<>();
    FixedIps fixedIps = new FixedIps(database);
    for (String address : List.of("127.0.0.1", "127.0.0.9", "fe80::f816:3eff:fe0a:1")) {
      found.add(fixedIps.instancesWith(Ip.parse(address).orElseThrow()));
    }
    return found;
  }

  /** With a value of an instance that is gone, and one of an instance that lives. */
  private static long purged(CompanionDatabase beside) throws Exception {
    String table = CompanionDatabase.nameBeside("nova_cell1") + ".custom_metadata";
    cloud.change(
        "DELETE FROM %1$s; INSERT INTO %1$s (instance_uuid, `key`, `value`) VALUES".formatted(table)
            + " ('%s', 'k', '1'), ('gone', 'k', '1')".formatted(PLAIN));
    long purgeable = beside.purge();
    cloud.change("DELETE FROM " + table);
    return purgeable;
  }

  /** Where the tables are that the product's statements name in its sources. */
  private static List<Place> places() throws IOException, SQLException {
    Set<String> names = new TreeSet<>();
    for (String room : List.of("nova", "command/migrate")) {
      try (Stream<Path> sources =
          Files.walk(Path.of("src/main/java/org/novacompat/metadata").resolve(room))) {
        for (Path source : sources.filter(Files::isRegularFile).toList()) {
          names.addAll(tablesNamedIn(Files.readString(source)));
        }
      }
    }
    names.removeAll(NO_TABLES);
    List<Place> places = new ArrayList<>();
    for (String name : behindViews(names)) {
      places.addAll(placesOf(name));
    }
    return places;
  }

  private static Set<String> behindViews(Set<String> names) {
    return names.stream()
        .map(name -> name.startsWith(VIEW_OF_OURS) ? name.substring(VIEW_OF_OURS.length()) : name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What the literals of a source say; one that goes on behind a plus is one. */
  private static Set<String> tablesNamedIn(String source) {
    Set<String> names = new TreeSet<>();
    Matcher literal = LITERAL.matcher(source.replaceAll("\"\\s*\\+\\s*\"", ""));
    while (literal.find()) {
      names.addAll(tables(literal.group()));
    }
    return names;
  }

  private static Set<String> tables(String text) {
    Set<String> names = new TreeSet<>();
    Matcher table = TABLE.matcher(text);
    while (table.find()) {
      names.add(table.group(1));
    }
    return names;
  }

  private static List<Place> placesOf(String name) throws SQLException {
    List<Place> places =
        cloud
            .query(
                "SELECT table_schema, table_name, table_collation FROM information_schema.tables"
                    + " WHERE (table_schema IN ('nova_api', 'nova_cell1', 'nova_compat_nova_cell1')"
                    + " OR table_schema = 'nova_compat_nova_cell0' AND table_name = 'seen_requests')"
                    + " AND table_type = 'BASE TABLE' AND table_name = '%s'".formatted(name))
            .stream()
            .map(
                row ->
                    new Place(
                        row.get("table_schema"), row.get("table_name"), row.get("table_collation")))
            .toList();
    assertFalse(places.isEmpty(), () -> "a statement names " + name + ", which is to be made here");
    return places;
  }
}
