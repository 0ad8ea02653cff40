// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree.openstack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.novacompat.metadata.instance.Device.Bus;
import org.novacompat.metadata.instance.Device.Disk;
import org.novacompat.metadata.instance.Device.Nic;
import org.novacompat.metadata.instance.Device.Setting;
import org.novacompat.metadata.instance.Device.Share;
import org.novacompat.metadata.instance.Instance.Part;
import org.novacompat.metadata.instance.Instances;
import org.novacompat.metadata.tree.ContentType;
import org.novacompat.metadata.tree.Document;
import org.novacompat.metadata.tree.Guest;
import org.novacompat.metadata.tree.GuestTrees;
import org.novacompat.metadata.tree.Lookup;

/** Expected values are nova 26's; those of 2025-04-04 follow nova's main branch. */
class OpenStackTreeTest {
  private static final String HEAD =
      "{\"uuid\": \"6f70656e-7374-4163-8000-000000000001\", \"meta\": {\"role\": \"webserver\"},"
          + " \"public_keys\": {\"mykey\": \"ssh-ed25519 AAAA user@host\\n\"}, \"keys\":"
          + " [{\"name\": \"mykey\", \"type\": \"ssh\", \"data\": \"ssh-ed25519 AAAA"
          + " user@host\\n\"}], \"hostname\": \"vm-1.novalocal\", \"name\": \"B\\u00fcro"
          + " \\u6771\\u4eac \\ud83d\\ude00\", \"launch_index\": 0, \"availability_zone\":"
          + " \"nova\"";

  private static final String PLAIN_NIC =
      "{\"vf_trusted\": false, \"type\": \"nic\", \"mac\": \"fa:16:3e:00:00:02\", \"bus\":"
          + " \"none\", \"address\": \"none\"}, ";
  private static final String SHARE =
      ", {\"type\": \"share\", \"share_id\": \"share-1\", \"tag\": \"data\", \"bus\": \"none\","
          + " \"address\": \"none\"}";

  private final Guest typical =
      Guest.of(
          Instances.typical()
              .displayName("B\u00fcro \u6771\u4eac \ud83d\ude00")
              .userData(new byte[] {'#', '!', (byte) 0xff})
              .password("c2VjcmV0")
              .build());

  @ParameterizedTest
  @CsvSource({
    "20, 2018-08-27",
    "21, 2018-08-27",
    "22, 2020-10-14",
    "30, 2020-10-14",
    "31, 2025-04-04",
    "34, 2025-04-04"
  })
  void theNewestVersionIsThatOfTheRelease(int nova, String version) {
    assertEquals(version, OpenStackTree.newestVersionOf(nova));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/openstack", "/openstack/", "/openstack/."})
  void listsItsVersions(String path) {
    assertEquals(
        "2012-08-10\n2013-04-04\n2013-10-17\n2015-10-15\n2016-06-30\n2016-10-06\n2017-02-22\n"
            + "2018-08-27\n2020-10-14\n2025-04-04\nlatest",
        typical.get(path));
  }

  @Test
  void hidesVersionsOfTheFutureAndServesThem() {
    Clock in2013 = Clock.fixed(Instant.parse("2013-10-17T00:00:00Z"), ZoneOffset.ofHours(-9));
    Guest guest =
        Guest.of(Instances.typical().build(), Guest.settings("novalocal", "2020-10-14", in2013));

    assertEquals("2012-08-10\n2013-04-04\n2013-10-17\nlatest", guest.get("/openstack"));
    assertEquals("#!/bin/sh\n", guest.get("/openstack/2020-10-14/user_data"));
  }

  @Test
  void doesNotKnowVersionsAfterTheNewestPresented() {
    Guest guest =
        Guest.of(
            Instances.typical().build(), Guest.settings("novalocal", "2018-08-27", Guest.TODAY));

    assertTrue(guest.get("/openstack").endsWith("2018-08-27\nlatest"));
    assertEquals("404", guest.get("/openstack/2020-10-14/user_data"));
    assertFalse(guest.get("/openstack/latest/meta_data.json").contains("dedicated_cpus"));
  }

  @Test
  void refusesToPresentAVersionThatDoesNotExist() {
    assertThrows(
        IllegalArgumentException.class,
        () -> Guest.trees(Guest.settings("novalocal", "2020-10-15", Guest.TODAY)));
  }

  @ParameterizedTest
  @CsvSource({
    "2012-08-10, meta_data.json user_data",
    "2013-04-04, meta_data.json user_data password",
    "2013-10-17, meta_data.json user_data password vendor_data.json",
    "2015-10-15, meta_data.json user_data password vendor_data.json network_data.json",
    "2016-06-30, meta_data.json user_data password vendor_data.json network_data.json",
    "2016-10-06, meta_data.json user_data password vendor_data.json network_data.json"
        + " vendor_data2.json",
    "latest, meta_data.json user_data password vendor_data.json network_data.json"
        + " vendor_data2.json",
  })
  void listsWhatAVersionHas(String version, String names) {
    assertEquals(names.replace(' ', '\n'), typical.get("/openstack/" + version));
    assertEquals(names.replace(' ', '\n'), typical.get("/openstack/" + version + "/version"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/openstack/nope",
        "/openstack/2012-08-10/password",
        "/openstack/2012-08-10/vendor_data.json",
        "/openstack/2016-06-30/vendor_data2.json",
        "/openstack/latest/content",
        "/openstack/latest/content/0000",
        "/openstack/latest/meta_data.json/x",
        "/openstack/content",
        "/openstack/content/0000",
        "/openstack/content/0000/x",
        "/openstack/openstack",
      })
  void findsNothingElse(String path) {
    assertEquals("404", typical.get(path));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "2012-08-10; }",
        "2013-04-04; , \"random_seed\": SEED}",
        "2013-10-17; , \"random_seed\": SEED}",
        "2015-10-15; , \"random_seed\": SEED, \"project_id\": \"project-1\"}",
        "2016-06-30; , \"random_seed\": SEED, \"project_id\": \"project-1\", \"devices\": []}",
        "2018-08-27; , \"random_seed\": SEED, \"project_id\": \"project-1\", \"devices\": []}",
        "2020-10-14; , \"random_seed\": SEED, \"project_id\": \"project-1\", \"devices\": [],"
            + " \"dedicated_cpus\": []}",
        "latest; , \"random_seed\": SEED, \"project_id\": \"project-1\", \"devices\": [],"
            + " \"dedicated_cpus\": []}",
      })
  void describesTheInstance(String version, String tail) {
    assertEquals(HEAD + tail, typical.getUnseeded("/openstack/" + version + "/meta_data.json"));
  }

  @Test
  void writesNullsAndLeavesOutWhatAnInstanceHasNot() {
    Guest guest =
        Guest.of(
            Instances.typical()
                .hostname(null)
                .displayName(null)
                .launchIndex(null)
                .availabilityZone(null)
                .projectId(null)
                .key(null, null)
                .metadata()
                .userData(null)
                .build(),
            Guest.withDomain(""));

    assertEquals(
        "{\"uuid\": \"6f70656e-7374-4163-8000-000000000001\", \"hostname\": null, \"name\": null,"
            + " \"launch_index\": null, \"availability_zone\": null, \"random_seed\": SEED,"
            + " \"project_id\": null, \"devices\": [], \"dedicated_cpus\": []}",
        guest.getUnseeded("/openstack/latest/meta_data.json"));
    assertEquals("404", guest.get("/openstack/latest/user_data"));
    assertEquals("meta_data.json", guest.get("/openstack/2012-08-10"));
  }

  @Test
  void leavesOutADeletedKeyPair() {
    Guest guest = Guest.of(Instances.typical().keyPair(null).build());

    assertFalse(guest.get("/openstack/latest/meta_data.json").contains("keys"));
  }

  @Test
  void isNotFooledByAMetadataKeyNamedAsTheSeed() {
    Guest guest =
        Guest.of(Instances.typical().metadata("random_seed", "\"random_seed\": \"").build());

    assertTrue(
        guest
            .getUnseeded("/openstack/2013-04-04/meta_data.json")
            .contains("\"meta\": {\"random_seed\": \"\\\"random_seed\\\": \\\"\"}"));
  }

  @ParameterizedTest
  @CsvSource({"2016-06-30, ''", "2017-02-22, VLAN", "2018-08-27, TRUST", "2025-04-04, SHARE"})
  void describesDevices(String version, String seen) {
    Guest guest =
        Guest.of(
            Instances.typical()
                .devices(
                    new Nic(
                        bus("pci", "0000:00:03.0"),
                        tags("trusted"),
                        "fa:16:3e:00:00:01",
                        Optional.of(1000),
                        true),
                    new Nic(
                        Optional.empty(),
                        Optional.empty(),
                        "fa:16:3e:00:00:02",
                        Optional.empty(),
                        false),
                    new Disk(bus("scsi", "0:0:0:1"), tags("baz"), set("disk-1"), set("/dev/sda")),
                    new Disk(
                        bus("ide", null),
                        Optional.empty(),
                        new Setting(true, Optional.empty()),
                        Setting.UNSET),
                    new Disk(
                        Optional.of(new Bus(Optional.empty(), Optional.empty())),
                        tags("lost"),
                        Setting.UNSET,
                        Setting.UNSET),
                    new Share(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("share-1"),
                        Optional.of("data")))
                .build());

    boolean seesTrust = seen.equals("TRUST") || seen.equals("SHARE");
    String expected =
        (seesTrust || seen.equals("VLAN") ? "{\"vlan\": 1000, " : "{")
            + (seesTrust ? "\"vf_trusted\": true, " : "")
            + "\"type\": \"nic\", \"mac\": \"fa:16:3e:00:00:01\", \"bus\": \"pci\","
            + " \"address\": \"0000:00:03.0\", \"tags\": [\"trusted\"]}, "
            + (seesTrust ? PLAIN_NIC : "")
            + "{\"type\": \"disk\", \"serial\": \"disk-1\", \"path\": \"/dev/sda\", \"bus\":"
            + " \"scsi\", \"address\": \"0:0:0:1\", \"tags\": [\"baz\"]}, {\"type\": \"disk\","
            + " \"serial\": null, \"bus\": \"ide\", \"address\": \"none\"}"
            + (seen.equals("SHARE") ? SHARE : "");
    String json = guest.get("/openstack/" + version + "/meta_data.json");
    assertTrue(json.contains("\"devices\": [" + expected + "]"), json);
  }

  @Test
  void listsDedicatedCpus() {
    Guest guest = Guest.of(Instances.typical().dedicatedCpus(1, 2, 3).build());

    assertTrue(
        guest.get("/openstack/latest/meta_data.json").endsWith("\"dedicated_cpus\": [1, 2, 3]}"));
    assertFalse(guest.get("/openstack/2018-08-27/meta_data.json").contains("dedicated_cpus"));
  }

  @Test
  void servesUserDataAsBytes() {
    Document document =
        assertInstanceOf(Document.class, typical.find("/openstack/latest/user_data"));

    assertEquals("#!\u00ff", new String(Guest.bytes(document), StandardCharsets.ISO_8859_1));
    assertEquals(3, document.length());
  }

  @ParameterizedTest
  @CsvSource({
    "/latest/meta-data, TEXT",
    "/openstack, TEXT",
    "/openstack/latest, TEXT",
    "/openstack/latest/user_data, TEXT",
    "/openstack/latest/network_data.json, TEXT",
    "/openstack/latest/meta_data.json, JSON",
    "/openstack/2012-08-10/meta_data.json, JSON",
    "/openstack/latest/vendor_data2.json, JSON",
    "/openstack/latest/password, HTML",
  })
  void saysWhatADocumentIs(String path, ContentType type) {
    assertEquals(type, assertInstanceOf(Document.class, typical.find(path)).contentType());
  }

  @Test
  void servesThePassword() {
    assertEquals("c2VjcmV0", typical.get("/openstack/latest/password"));
    assertEquals("", Guest.of(Instances.typical().build()).get("/openstack/2013-04-04/password"));
  }

  @Test
  void knowsThePathOfThePassword() {
    GuestTrees trees = Guest.trees(Guest.SETTINGS);

    assertTrue(trees.route("/openstack/latest/password/").isWritable());
    assertFalse(trees.route("/openstack/2012-08-10/password").isWritable());
    assertFalse(trees.route("/openstack/x/password").isWritable());
    assertFalse(trees.route("/latest/password").isWritable());
  }

  @Test
  void passesOnThatVendorDataIsUnavailable() {
    assertEquals(
        new Lookup.Failed("the vendor's file is broken"),
        typical.find("/openstack/latest/vendor_data.json"));
    assertEquals("{}", typical.get("/openstack/latest/vendor_data2.json"));
  }

  @Test
  void saysThatTheHostNameIsNullWhereNovaStumblesOverIt() {
    Guest guest = Guest.of(Instances.typical().hostname(null).build());

    assertTrue(guest.get("/openstack/latest/meta_data.json").contains("\"hostname\": null"));
  }

  @Test
  void hasMetaDataThoughPartsOfItCannotBeRead() {
    Guest broken =
        Guest.of(
            Instances.typical()
                .keyPair(null)
                .unreadable(Part.KEY_PAIR, Part.DEVICES, Part.NUMA_TOPOLOGY, Part.NETWORK)
                .build());
    Guest without = Guest.of(Instances.typical().keyPair(null).build());

    String path = "/openstack/latest/meta_data.json";
    assertEquals(unseeded(without.get(path)), unseeded(broken.get(path)));
    assertEquals("404", broken.get("/openstack/latest/network_data.json"));
    assertEquals("0=mykey", broken.get("/latest/meta-data/public-keys"));
  }

  private static String unseeded(String metaData) {
    return metaData.replaceFirst("\"random_seed\": \"[^\"]*\"", "");
  }

  private static Optional<Bus> bus(String type, String address) {
    return Optional.of(new Bus(Optional.of(type), Optional.ofNullable(address)));
  }

  private static Optional<List<String>> tags(String... tags) {
    return Optional.of(List.of(tags));
  }

  private static Setting set(String value) {
    return new Setting(true, Optional.of(value));
  }
}
