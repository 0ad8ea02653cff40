// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova.instances;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.novacompat.metadata.nova.DemoCloud.NUMA;
import static org.novacompat.metadata.nova.DemoCloud.PLAIN;
import static org.novacompat.metadata.nova.DemoCloud.STATIC;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.novacompat.metadata.config.DatabaseUrl;
import org.novacompat.metadata.instance.BlockDevices;
import org.novacompat.metadata.instance.Instance;
import org.novacompat.metadata.instance.Instance.Part;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.nova.DemoCloud;
import org.novacompat.metadata.nova.DemoCloud.Sent;
import org.novacompat.metadata.nova.OnDemoCloud;
import org.novacompat.metadata.nova.database.Cell;
import org.novacompat.metadata.nova.database.CellSession;
import org.novacompat.metadata.nova.database.Deadline;
import org.novacompat.metadata.nova.database.NovaDatabaseSettings;
import org.novacompat.metadata.nova.database.OptionalTable;
import org.novacompat.metadata.nova.database.Query;
import org.novacompat.metadata.nova.database.WhenSlow;

class NovaInstancesTest extends OnDemoCloud {
  private NovaInstances instances;

  @Override
  public void open(NovaDatabaseSettings settings) {
    super.open(settings);
    instances = new NovaInstances(database);
  }

  private Instance load(String uuid) throws StoreUnavailableException {
    return instances.load(uuid).orElseThrow();
  }

  @Test
  void readsWhatTheInstancesTableHolds() throws Exception {
    Instance plain = load(PLAIN);

    assertEquals(PLAIN, plain.uuid());
    assertEquals(Optional.of("3f2c1b0a9d8e4f7c8b6a5d4e3c2b1a00"), plain.projectId());
    assertEquals(Optional.of("7e6d5c4b3a294817a6b5c4d3e2f10987"), plain.userId());
    assertEquals(Optional.of("plain"), plain.hostname());
    assertEquals(Optional.of(0), plain.launchIndex());
    assertEquals(Optional.of("nova"), plain.availabilityZone());
    assertEquals(Optional.of("r-demo0001"), plain.reservationId());
    assertEquals(Optional.of("2b7f3d54-0c1e-4a6d-9f28-b1c0d2e3f401"), plain.imageRef());
    assertEquals(Optional.of("demo-key"), plain.keyName());
    assertTrue(plain.keyData().orElseThrow().startsWith("ssh-ed25519 "));
    assertEquals(Optional.of("demo.small"), plain.flavorName());
    assertEquals(
        "#!/bin/sh\necho \"Hello from the demo\" > /etc/motd\n",
        new String(plain.userData().orElseThrow().bytes(), StandardCharsets.UTF_8));
    assertEquals(Optional.empty(), plain.password());
    assertEquals(Set.of(), plain.unreadable());
  }

  @Test
  void theNewestInstancesAreThoseThatWereMappedLast() throws Exception {
    assertEquals(List.of(STATIC), instances.newest(1));
    assertEquals(List.of(STATIC, NUMA), instances.newest(2));
    cloud.change(
        "UPDATE nova_api.instance_mappings SET created_at = UTC_TIMESTAMP()"
            + (" WHERE instance_uuid = '" + STATIC + "'"));
    assertEquals(List.of(NUMA), instances.newest(1), "nova may still be making the last");
    cloud.change("UPDATE nova_api.instance_mappings SET queued_for_delete = 1");
    assertEquals(List.of(), instances.newest(1));
  }

  @Test
  void nullIsNotEmptyText() throws Exception {
    assertEquals(Optional.empty(), load(NUMA).userData());
    assertEquals(Optional.empty(), load(NUMA).keyName());
    cloud.change("UPDATE nova_cell2.instances SET user_data = '', key_name = ''");
    assertEquals(0, load(NUMA).userData().orElseThrow().bytes().length);
    assertEquals(Optional.of(""), load(NUMA).keyName());
  }

  @Test
  void blockDevicesComeInTheOrderOfTheirIds() throws Exception {
    BlockDevices devices = load(NUMA).blockDevices();

    assertEquals(Optional.of("/dev/vda"), devices.rootDeviceName());
    assertEquals(
        List.of("/dev/vda", "/dev/vdb", "/dev/vdc", "/dev/vdd"),
        devices.mappings().stream().map(device -> device.deviceName().orElseThrow()).toList());
    assertEquals(
        new BlockDevices.Mapping(
            Optional.of("blank"),
            Optional.of("local"),
            Optional.of("swap"),
            Optional.of("/dev/vdc")),
        devices.mappings().get(2));
  }

  @Test
  void aDeletedBlockDeviceIsGone() throws Exception {
    cloud.change("UPDATE nova_cell2.block_device_mapping SET deleted = id WHERE id = 2");
    assertEquals(3, load(NUMA).blockDevices().mappings().size());
  }

  @Test
  void textArrivesWholeWhateverItsTablesCharacterSet() throws Exception {
    cloud.change(
        "ALTER TABLE nova_cell1.instances MODIFY display_name varchar(255) CHARSET utf8mb4");
    cloud.change("UPDATE nova_cell1.instances SET display_name = 'Žluťoučký 馬 🐎' WHERE id = 2");
    assertEquals(Optional.of("Žluťoučký 馬 🐎"), load(STATIC).displayName());
    assertEquals(Optional.of("čeština"), load(STATIC).metadata().get("poznámka"));
    cloud.change(
        "UPDATE nova_cell1.instance_metadata SET `key` = 'größe', `value` = 'ä' WHERE id = 3");
    cloud.change(
        "ALTER TABLE nova_cell1.instance_metadata MODIFY `key` varchar(255) CHARSET latin1,"
            + " MODIFY `value` varchar(255) CHARSET latin1");
    assertEquals(Optional.of("ä"), load(STATIC).metadata().get("größe"));
  }

  @Test
  void aLaterMetadataRowWinsInTheEarliersPlaceAndDeletedOnesDoNotCount() throws Exception {
    addMetadata("instance_metadata", "role", "database", 0);
    addMetadata("instance_metadata", "gone", "x", 99);
    addMetadata("instance_metadata", "void", null, 0);

    Map<String, Optional<String>> metadata = load(PLAIN).metadata();
    assertEquals(List.of("role", "environment", "void"), List.copyOf(metadata.keySet()));
    assertEquals(Optional.of("database"), metadata.get("role"));
    assertEquals(Optional.empty(), metadata.get("void"));
  }

  @Test
  void thePasswordIsItsPiecesJoinedByKeyDeletedRowsToo() throws Exception {
    assertEquals(344, load(STATIC).password().orElseThrow().length());
    addMetadata("instance_system_metadata", "password_1", "b", 0);
    addMetadata("instance_system_metadata", "password_0", "old", 0);
    addMetadata("instance_system_metadata", "password_0", "a", 7);
    addMetadata("instance_system_metadata", "Password_2", "no", 0);
    addMetadata("instance_system_metadata", "passwords", "no", 0);
    assertEquals(Optional.of("ab"), load(PLAIN).password());
  }

  private static void addMetadata(String table, String key, String value, int deleted)
      throws Exception {
    cloud.change(
        "INSERT INTO nova_cell1.%s (instance_uuid, `key`, `value`, deleted) VALUES ('%s','%s',%s,%d)"
            .formatted(table, PLAIN, key, value == null ? "NULL" : "'" + value + "'", deleted));
  }

  @Test
  void caseDoesNotMatter() throws Exception {
    assertEquals(PLAIN, load(PLAIN.toUpperCase(Locale.ROOT)).uuid());
  }

  @Test
  void aDeletedInstanceIsGone() throws Exception {
    cloud.change("UPDATE nova_cell1.instances SET deleted = id");
    assertEquals(Optional.empty(), instances.load(PLAIN));
    cloud.change("UPDATE nova_cell1.instances SET deleted = NULL");
    assertEquals(Optional.empty(), instances.load(PLAIN));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "é", "x\u0000", "0123456789-0123456789-0123456789-01234", "🐎", "a b"})
  void noDatabaseIsAskedForWhatIsNoUuid(String uuid) throws Exception {
    assertEquals(List.of(), cloud.sent(() -> assertTrue(instances.load(uuid).isEmpty())));
  }

  @Test
  void aUuidIsTextAndNothingElse() throws Exception {
    assertEquals(Optional.empty(), instances.load("'OR'1'='1"));
    assertEquals(Optional.empty(), instances.load("\\"));
    assertEquals(Optional.empty(), instances.load("%"));
  }

  @Test
  void anInstanceThatIsNotMappedIsLookedForInTheConfiguredDatabase() throws Exception {
    cloud.change("DELETE FROM nova_api.instance_mappings");
    assertEquals(Optional.empty(), instances.load(PLAIN));
    open(cloud.settings(cloud.connection("nova_cell1")));
    assertEquals(PLAIN, load(PLAIN).uuid());
  }

  @Test
  void anInstanceThatIsMappedToNoCellYetIsLookedForInTheConfiguredDatabase() throws Exception {
    cloud.change("UPDATE nova_api.instance_mappings SET cell_id = NULL");
    open(cloud.settings(cloud.connection("nova_cell1")));
    assertEquals(PLAIN, load(PLAIN).uuid());
  }

  @Test
  void anInstanceQueuedForDeletionIsServed() throws Exception {
    cloud.change("UPDATE nova_api.instance_mappings SET queued_for_delete = 1");
    assertEquals(PLAIN, load(PLAIN).uuid());
  }

  @Test
  void localMetadataPerCellAsksTheConfiguredDatabaseAlone() throws Exception {
    NovaDatabaseSettings settings = cloud.settings(cloud.connection("nova_cell1"));
    open(
        new NovaDatabaseSettings(
            settings.apiDatabase(),
            settings.apiPool(),
            settings.database(),
            settings.pool(),
            true));

    List<Sent> sent =
        cloud.sent(
            () -> {
              assertEquals(PLAIN, load(PLAIN).uuid());
              assertTrue(instances.load(NUMA).isEmpty(), "it is in the other cell");
              assertEquals(List.of(STATIC), instances.newest(1));
            });
    cloud.change("UPDATE nova_cell1.instances SET deleted = id WHERE uuid = '" + STATIC + "'");
    assertEquals(List.of(PLAIN), instances.newest(2));
    cloud.change("UPDATE nova_cell1.instances SET created_at = UTC_TIMESTAMP()");
    assertEquals(List.of(), instances.newest(2));
    assertEquals(
        Set.of("nova_cell1"), sent.stream().map(Sent::database).collect(Collectors.toSet()));
  }

  @Test
  void whatCannotBeReadIsNotedAndTheRestIsServed() throws Exception {
    cloud.change(
        "UPDATE nova_cell1.instances SET user_data = 'not base64' WHERE id = 1;"
            + "UPDATE nova_cell1.instance_extra SET flavor = 'x', keypairs = 'x',"
            + " device_metadata = 'x', numa_topology = 'x';"
            + "UPDATE nova_cell1.instance_info_caches SET network_info = 'x'");

    Instance broken = load(PLAIN);
    assertEquals(
        Set.of(
            Part.USER_DATA,
            Part.FLAVOR,
            Part.KEY_PAIR,
            Part.DEVICES,
            Part.NUMA_TOPOLOGY,
            Part.NETWORK),
        broken.unreadable());
    assertEquals(Optional.of("plain"), broken.hostname());
    assertEquals(List.of(), broken.vifs());
  }

  @Test
  void anInstanceWithoutItsSatellitesIsServed() throws Exception {
    cloud.change(
        "DELETE FROM nova_cell1.instance_extra; DELETE FROM nova_cell1.instance_info_caches");
    Instance bare = load(PLAIN);
    assertEquals(Optional.empty(), bare.flavorName());
    assertEquals(Optional.empty(), bare.keyPair());
    assertEquals(List.of(), bare.vifs());
    assertEquals(Set.of(), bare.unreadable());
  }

  @Test
  void ofSeveralExtrasTheOldestCounts() throws Exception {
    cloud.change(
        "INSERT INTO nova_cell1.instance_extra (instance_uuid, flavor, deleted)"
            + " SELECT instance_uuid, 'x', 0 FROM nova_cell1.instance_extra");
    assertEquals(Optional.of("demo.small"), load(PLAIN).flavorName());
  }

  @Test
  void aColdInstanceTakesThreeStatementsAndNothingElseIsSent() throws Exception {
    load(PLAIN);

    List<Sent> sent = cloud.sent(() -> load(PLAIN));
    assertEquals(3, sent.size(), sent::toString);
    for (String table : List.of("instance_mappings", "instances", "instance_metadata")) {
      Sent next = sent.remove(0);
      assertEquals("Execute", next.command(), "the server knows it already");
      assertTrue(next.text().contains(" from " + table + " "), next::text);
    }
  }

  @Test
  void ourTablesValuesComeInTheSameStatementAsNovas() throws Exception {
    addCustom(PLAIN, "object", "{\"a\": [1]}", 0);
    addCustom(PLAIN, "gone", "1", 1);
    addCustom(PLAIN, "role", "[\"older than nova's\"]", 0);
    addCustom(PLAIN, "broken", "{", 0);
    addCustom(PLAIN, "beyond", "[1e2147483648]", 0);
    addCustom(STATIC, "another", "2", 0);
    load(PLAIN);
    assertEquals(3, executed(() -> load(PLAIN.toUpperCase(Locale.ROOT))).size());
    assertEquals(Map.of("object", "{\"a\": [1]}"), load(PLAIN).customMetadata());
    assertEquals(Optional.of("webserver"), load(PLAIN).metadata().get("role"));
    assertEquals(Map.of("another", "2"), load(STATIC).customMetadata());
  }

  @Test
  void aCellWithoutTheCustomTableIsTriedOnceAMinuteAndServedAllTheSame() throws Exception {
    cloud.change("DROP VIEW nova_cell1.nova_compat_custom_metadata");
    AtomicLong now = new AtomicLong();
    OptionalTable table = new OptionalTable(now::get);
    Cell cell = database.onCellOf(PLAIN, Deadline.forGuest(WhenSlow.WAIT), CellSession::cell);
    DemoCloud.Deed read =
        () ->
            database.on(
                cell,
                Deadline.forGuest(WhenSlow.WAIT),
                session -> NovaInstances.children(session, PLAIN, table));
    read.run();
    assertEquals(1, executed(read).size());
    now.addAndGet(Duration.ofSeconds(59).toNanos());
    assertEquals(1, executed(read).size());
    now.addAndGet(Duration.ofSeconds(1).toNanos());
    assertEquals(2, executed(read).size());
    assertEquals(1, executed(read).size());

    cloud.change(
        "CREATE VIEW nova_cell1.nova_compat_custom_metadata AS"
            + " SELECT * FROM nova_compat_nova_cell1.custom_metadata");
    addCustom(PLAIN, "k", "1", 0);
    now.addAndGet(Duration.ofMinutes(1).toNanos());
    List<Sent> sent = executed(read);
    assertEquals(1, sent.size());
    assertTrue(sent.get(0).text().contains("nova_compat_custom_metadata"), sent.toString());
  }

  @Test
  void aTableThatIsTakenAwayIsForgottenAtOnce() throws Exception {
    load(PLAIN);
    load(STATIC);
    cloud.change("DROP TABLE nova_compat_nova_cell1.custom_metadata");
    assertEquals(4, executed(() -> load(PLAIN)).size());
    assertEquals(3, executed(() -> load(STATIC)).size());
  }

  private static void addCustom(String instance, String key, String value, int deleted)
      throws Exception {
    String cell = instance.equals(NUMA) ? "nova_cell2" : "nova_cell1";
    cloud.change(
        "INSERT INTO %s.nova_compat_custom_metadata (instance_uuid, `key`, `value`, deleted)"
                .formatted(cell)
            + " VALUES ('%s', '%s', '%s', %d)"
                .formatted(instance, key, value.replace("'", "''"), deleted));
  }

  @Test
  void anImageThatWasNotSeenBeforeTakesAFourthStatement() throws Exception {
    load(PLAIN);
    cloud.change("UPDATE nova_cell1.instances SET image_ref = 'other' WHERE id = 1");
    cloud.change("INSERT INTO nova_cell1.s3_images (uuid, deleted) VALUES ('other', 0)");

    assertEquals(4, executed(() -> load(PLAIN)).size());
    assertEquals(3, executed(() -> load(PLAIN)).size());
  }

  @Test
  void aMissingEc2IdTakesAnInsertAndALookAtWhatCameOfIt() throws Exception {
    load(PLAIN);
    cloud.change("DELETE FROM nova_cell1.instance_id_mappings");

    assertEquals(5, executed(() -> load(PLAIN)).size());
    assertEquals(3, executed(() -> load(PLAIN)).size());
  }

  private static List<Sent> executed(DemoCloud.Deed deed) throws Exception {
    return cloud.sent(deed).stream().filter(Sent::isExecuted).toList();
  }

  @Test
  void ec2NamesAreTheHexadecimalIdsOfTheirRows() throws Exception {
    assertEquals("i-00000001", load(PLAIN).ec2Ids().instanceId());
    assertEquals(Optional.of("ami-00000001"), load(PLAIN).ec2Ids().amiId());
    assertEquals(Optional.empty(), load(PLAIN).ec2Ids().kernelId());
    assertEquals(Optional.empty(), load(PLAIN).ec2Ids().ramdiskId());
    cloud.change("UPDATE nova_cell1.instance_id_mappings SET id = 987654321");
    assertEquals("i-3ade68b1", load(PLAIN).ec2Ids().instanceId());
  }

  @Test
  void missingEc2IdsAreAddedInNovasOrderAndLikeNovas() throws Exception {
    Instance fixed = load(STATIC);

    assertEquals("i-00000002", fixed.ec2Ids().instanceId());
    assertEquals(Optional.of("ami-00000002"), fixed.ec2Ids().amiId());
    assertEquals(Optional.of("aki-00000003"), fixed.ec2Ids().kernelId());
    assertEquals(Optional.of("ari-00000004"), fixed.ec2Ids().ramdiskId());
    Map<String, String> row =
        cloud
            .query(
                "SELECT uuid, updated_at, deleted_at, deleted,"
                    + " ABS(TIMESTAMPDIFF(SECOND, created_at, UTC_TIMESTAMP())) < 60 AS recent"
                    + " FROM nova_cell1.instance_id_mappings WHERE id = 2")
            .get(0);
    assertEquals(STATIC, row.get("uuid"));
    assertEquals("0", row.get("deleted"));
    assertEquals("1", row.get("recent"));
    assertEquals(null, row.get("updated_at"));
    assertEquals(null, row.get("deleted_at"));
  }

  @Test
  void theLowestOfSeveralEc2IdsCountsDeletedOrNot() throws Exception {
    cloud.change(
        "UPDATE nova_cell1.instance_id_mappings SET deleted = id;"
            + "INSERT INTO nova_cell1.instance_id_mappings (uuid, deleted) VALUES ('"
            + PLAIN
            + "', 0);"
            + "INSERT INTO nova_cell1.s3_images (uuid, deleted) SELECT uuid, 0 FROM"
            + " nova_cell1.s3_images");
    assertEquals("i-00000001", load(PLAIN).ec2Ids().instanceId());
    assertEquals(Optional.of("ami-00000001"), load(PLAIN).ec2Ids().amiId());
  }

  @Test
  void manyWhoNeedAnEc2IdAtOnceAgree() throws Exception {
    NovaInstances other = new NovaInstances(database);
    ExecutorService guests = Executors.newFixedThreadPool(16);
    try {
      for (int round = 0; round < 10; round++) {
        cloud.change(
            "DELETE FROM nova_cell1.instance_id_mappings; DELETE FROM nova_cell1.s3_images");
        instances = new NovaInstances(database);
        Set<String> names =
            all(guests, 16, i -> (i % 2 == 0 ? instances : other).load(PLAIN)).stream()
                .map(instance -> instance.orElseThrow().ec2Ids().instanceId())
                .collect(Collectors.toSet());
        assertEquals(1, names.size(), names::toString);
        assertEquals(names, Set.of(load(PLAIN).ec2Ids().instanceId()));
      }
    } finally {
      guests.shutdownNow();
    }
  }

  private interface Load {
    Optional<Instance> number(int i) throws Exception;
  }

  private static List<Optional<Instance>> all(ExecutorService guests, int count, Load load)
      throws Exception {
    List<Callable<Optional<Instance>>> loads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = i;
      loads.add(() -> load.number(number));
    }
    List<Optional<Instance>> loaded = new ArrayList<>();
    for (Future<Optional<Instance>> future : guests.invokeAll(loads)) {
      loaded.add(future.get());
    }
    return loaded;
  }

  @Test
  void aDatabaseThatTakesNoInsertsServesTheInstanceWithoutItsEc2Ids() throws Exception {
    cloud.change(
        "CREATE OR REPLACE USER reader@'127.0.0.1' IDENTIFIED BY 'pw';"
            + "GRANT SELECT ON *.* TO reader@'127.0.0.1'");
    open(cloud.settings("mysql+pymysql://reader:pw@127.0.0.1:" + cloud.port() + "/nova_cell0"));

    assertEquals("i-00000001", load(PLAIN).ec2Ids().instanceId());
    Instance fixed = load(STATIC);
    assertEquals(Set.of(Part.EC2_IDS), fixed.unreadable());
    assertEquals(Optional.of("zlutoucky-kun"), fixed.hostname());
  }

  @Test
  void aCellThatTurnsUpLaterIsFoundAtOnce() throws Exception {
    load(PLAIN);
    cloud.change(
        "INSERT INTO nova_api.cell_mappings (id, uuid, name, database_connection) VALUES"
            + " (9, '99999999-0000-4000-8000-000000000000', NULL, '"
            + cloud.connection("nova_cell2")
            + "'); UPDATE nova_api.instance_mappings SET cell_id = 9 WHERE cell_id = 3");
    assertEquals(NUMA, load(NUMA).uuid());
  }

  @Test
  void theConnectionsToACellThatIsNoMoreAreClosed() throws Exception {
    load(NUMA);
    assertFalse(connections("nova_cell2").isEmpty());
    cloud.change(
        "INSERT INTO nova_api.cell_mappings (id, uuid, name, database_connection) VALUES"
            + " (9, '99999999-0000-4000-8000-000000000000', NULL, '"
            + cloud.connection("nova_cell1")
            + "'); UPDATE nova_api.instance_mappings SET cell_id = 9;"
            + " DELETE FROM nova_api.cell_mappings WHERE name = 'cell2'");
    load(PLAIN);
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!connections("nova_cell2").isEmpty()) {
      assertTrue(System.nanoTime() < end, "still connected");
      Thread.sleep(20);
    }
    assertEquals(PLAIN, load(PLAIN).uuid());
  }

  private static List<Map<String, String>> connections(String name) throws Exception {
    return cloud.query(
        "SELECT id FROM information_schema.processlist WHERE id <> CONNECTION_ID() AND db = '"
            + name
            + "'");
  }

  @Test
  void aCellWithAnAddressThatCannotBeUsedFailsAloneAndQuotesNoPassword() throws Exception {
    cloud.change(
        "UPDATE nova_api.cell_mappings SET database_connection ="
            + " 'postgresql://nova:s3cr3t@db/{nonsense}' WHERE name = 'cell2'");
    StoreUnavailableException failure =
        assertThrows(StoreUnavailableException.class, () -> instances.load(NUMA));
    assertTrue(
        failure.getMessage().contains("(cell2): its database_connection"), failure::toString);
    assertFalse(failure.getMessage().contains("s3cr3t"));
    assertEquals(PLAIN, load(PLAIN).uuid());
  }

  @Test
  void aCellThatIsDownFailsQuicklyAndAlone() throws Exception {
    cloud.change(
        "UPDATE nova_api.cell_mappings SET database_connection ="
            + " 'mysql+pymysql://nova:s3cr3t@127.0.0.1:1/nova' WHERE name = 'cell2'");
    long start = System.nanoTime();
    StoreUnavailableException failure =
        assertThrows(StoreUnavailableException.class, () -> instances.load(NUMA));
    assertTrue(System.nanoTime() - start < 2_000_000_000L);
    assertTrue(failure.getMessage().contains("(cell2) does not answer"), failure::toString);
    assertFalse(failure.getMessage().contains("s3cr3t"));
    assertEquals(PLAIN, load(PLAIN).uuid());
  }

  @Test
  void aTableThatIsMissingMakesTheStoreUnavailable() throws Exception {
    cloud.change("DROP TABLE nova_cell2.block_device_mapping");
    StoreUnavailableException failure =
        assertThrows(StoreUnavailableException.class, () -> instances.load(NUMA));
    assertTrue(failure.getMessage().contains("(cell2) refuses"), failure::toString);
  }

  @Test
  void itOpensWithoutAnyDatabaseThere() {
    DatabaseUrl nowhere = DatabaseUrl.parse("mysql+pymysql://nova:pw@127.0.0.1:1/nova");
    open(
        new NovaDatabaseSettings(
            Optional.of(nowhere), DemoCloud.POOL, nowhere, DemoCloud.POOL, false));
    assertThrows(StoreUnavailableException.class, () -> instances.load(PLAIN));
  }

  private record Count(int instances) {}

  private static final Query<Count> COUNT =
      new Query<>(Count.class, "select count(*) as instances from instances");

  @Test
  void allCellsCanBeListedAndAsked() throws Exception {
    List<Cell> cells = database.cells(Deadline.forGuest(WhenSlow.WAIT));
    assertEquals(
        List.of(
            "cell 00000000-0000-0000-0000-000000000000(cell0)",
            "cell 51f0c8d2-7a3e-4b96-8e1d-0c9f2a6b4d71(cell1)",
            "cell c8a41b7e-2d5f-4e03-9b6a-f17d3e8c5092(cell2)"),
        cells.stream().map(Cell::label).toList());
    for (int i = 0; i < 3; i++) {
      int count =
          database
              .on(
                  cells.get(i),
                  Deadline.forGuest(WhenSlow.WAIT),
                  session -> session.list(COUNT, Map.of()))
              .get(0)
              .instances();
      assertEquals(List.of(0, 2, 1).get(i), count);
    }
    assertEquals(cells.subList(1, 3), database.runningCells(Deadline.forGuest(WhenSlow.WAIT)));
  }
}
