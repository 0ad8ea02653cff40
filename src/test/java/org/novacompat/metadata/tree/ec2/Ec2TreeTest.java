// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree.ec2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.novacompat.metadata.instance.BlockDevices;
import org.novacompat.metadata.instance.BlockDevices.Mapping;
import org.novacompat.metadata.instance.Ec2Ids;
import org.novacompat.metadata.instance.Instance.Part;
import org.novacompat.metadata.instance.Instances;
import org.novacompat.metadata.instance.Instances.SubnetBuilder;
import org.novacompat.metadata.instance.Instances.VifBuilder;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.instance.Vif;
import org.novacompat.metadata.tree.Document;
import org.novacompat.metadata.tree.Guest;
import org.novacompat.metadata.tree.Lookup;

/** Expected values are nova 26's. */
class Ec2TreeTest {
  private static final String VERSIONS =
      "1.0\n2007-01-19\n2007-03-01\n2007-08-29\n2007-10-10\n2007-12-15\n2008-02-01\n2008-09-01\n"
          + "2009-04-04\nlatest";

  private final Guest typical = Guest.of(Instances.typical().build());

  @ParameterizedTest
  @ValueSource(strings = {"/", "", "/ec2", "/ec2/", "//"})
  void listsItsVersions(String path) {
    assertEquals(VERSIONS, typical.get(path));
  }

  @ParameterizedTest
  @CsvSource({
    "1.0, ami-id ami-launch-index ami-manifest-path hostname instance-id local-ipv4 public-keys/"
        + " reservation-id security-groups",
    "2007-03-01, ami-id ami-launch-index ami-manifest-path hostname instance-id local-hostname"
        + " local-ipv4 public-hostname public-ipv4 public-keys/ reservation-id security-groups",
    "2007-10-10, ami-id ami-launch-index ami-manifest-path hostname instance-id instance-type"
        + " local-hostname local-ipv4 public-hostname public-ipv4 public-keys/ reservation-id"
        + " security-groups",
    "2007-12-15, ami-id ami-launch-index ami-manifest-path block-device-mapping/ hostname"
        + " instance-id instance-type local-hostname local-ipv4 public-hostname public-ipv4"
        + " public-keys/ reservation-id security-groups",
    "2008-02-01, ami-id ami-launch-index ami-manifest-path block-device-mapping/ hostname"
        + " instance-id instance-type local-hostname local-ipv4 placement/ public-hostname"
        + " public-ipv4 public-keys/ reservation-id security-groups",
    "latest, ami-id ami-launch-index ami-manifest-path block-device-mapping/ hostname"
        + " instance-action instance-id instance-type local-hostname local-ipv4 placement/"
        + " public-hostname public-ipv4 public-keys/ reservation-id security-groups",
  })
  void listsWhatAVersionHas(String version, String names) {
    assertEquals(names.replace(' ', '\n'), typical.get("/" + version + "/meta-data/"));
    assertEquals(names.replace(' ', '\n'), typical.get("/ec2/" + version + "/meta-data"));
  }

  @ParameterizedTest
  @CsvSource({
    "ami-id, ami-00000001",
    "ami-launch-index, 0",
    "ami-manifest-path, FIXME",
    "hostname, vm-1.novalocal",
    "local-hostname, vm-1.novalocal",
    "public-hostname, vm-1.novalocal",
    "instance-action, none",
    "instance-id, i-00000001",
    "instance-type, m1.small",
    "placement, availability-zone",
    "placement/availability-zone, nova",
    "public-ipv4, ''",
    "public-keys, 0=mykey",
    "public-keys/0, openssh-key",
    "public-keys/0/_name, 0=mykey",
    "reservation-id, r-00000001",
    "block-device-mapping/ami, vda",
    "block-device-mapping/root, /dev/vda",
  })
  void showsTheInstance(String path, String text) {
    assertEquals(text, typical.get("/latest/meta-data/" + path));
  }

  @Test
  void showsTheKeyAndTheUserDataAsTheyAre() {
    assertEquals(
        "ssh-ed25519 AAAA user@host\n", typical.get("/1.0/meta-data/public-keys/0/openssh-key"));
    assertEquals("meta-data/\nuser-data", typical.get("/1.0"));
    assertEquals("#!/bin/sh\n", typical.get("/1.0/user-data"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/1.0/meta-data/local-hostname",
        "/2007-10-10/meta-data/block-device-mapping",
        "/2007-10-10/meta-data/block-device-mapping/ami",
        "/2008-02-01/meta-data/instance-action",
        "/latest/meta-data/kernel-id",
        "/latest/meta-data/nope",
        "/latest/meta-data/hostname/x",
        "/latest/meta-data/hostname/x/y",
        "/latest/meta-data/security-groups/web",
        "/latest/meta-data/block-device-mapping/ebs0",
        "/latest/meta-data/block-device-mapping/ami/x",
        "/latest/meta-data/public-keys/1",
        "/latest/user-data/x",
        "/2010-01-01",
        "/2010-01-01/meta-data",
        "/ec2/ec2",
        "/LATEST"
      })
  void findsNothingElse(String path) {
    assertEquals("404", typical.get(path));
  }

  @Test
  void writesNoneForNull() {
    Guest guest =
        Guest.of(
            Instances.typical()
                .hostname(null)
                .launchIndex(null)
                .availabilityZone(null)
                .reservationId(null)
                .key("mykey", null)
                .ec2Ids(new Ec2Ids("i-1", Optional.empty(), Optional.empty(), Optional.of("")))
                .build(),
            Guest.withDomain(""));

    Stream.of(
            "hostname",
            "ami-launch-index",
            "placement/availability-zone",
            "reservation-id",
            "public-keys/0/openssh-key",
            "ami-id",
            "local-ipv4")
        .forEach(path -> assertEquals("None", guest.get("/latest/meta-data/" + path), path));
    assertEquals("404", guest.get("/latest/meta-data/ramdisk-id"));
  }

  @Test
  void leavesOutWhatAnInstanceHasNot() {
    Guest guest = Guest.of(Instances.typical().key("", "data").userData(null).build());

    assertEquals("meta-data/", guest.get("/latest"));
    assertEquals("404", guest.get("/latest/user-data"));
    assertEquals("404", guest.get("/latest/meta-data/public-keys"));
    assertEquals(
        "ami-id\nami-launch-index\nami-manifest-path\nhostname\ninstance-id\nlocal-ipv4\n"
            + "reservation-id\nsecurity-groups",
        guest.get("/1.0/meta-data"));
  }

  @Test
  void showsKernelAndRamdiskOfAnInstanceThatHasThem() {
    Guest guest =
        Guest.of(
            Instances.typical()
                .ec2Ids(
                    new Ec2Ids(
                        "i-1", Optional.of("ami-1"), Optional.of("aki-1"), Optional.of("ari-1")))
                .build());

    assertEquals("aki-1", guest.get("/latest/meta-data/kernel-id"));
    assertEquals("ari-1", guest.get("/latest/meta-data/ramdisk-id"));
    assertEquals("404", guest.get("/2007-10-10/meta-data/ramdisk-id"));
  }

  @Test
  void showsTheFirstFixedAndTheFirstFloatingAddress() {
    Guest guest =
        Guest.of(
            Instances.typical()
                .vifs(
                    VifBuilder.on(SubnetBuilder.v6()).build(),
                    VifBuilder.on(
                            SubnetBuilder.v4()
                                .ips(
                                    new Vif.FixedIp(Optional.of("10.0.0.5"), 4, List.of()),
                                    new Vif.FixedIp(
                                        Optional.of("10.0.0.6"), 4, List.of("203.0.113.6"))))
                        .build())
                .build());

    assertEquals("10.0.0.5", Guest.text(guest.findFrom("10.0.0.9", "/1.0/meta-data/local-ipv4")));
    assertEquals("203.0.113.6", guest.get("/latest/meta-data/public-ipv4"));
  }

  @Test
  void showsTheCallersAddressWhereThereIsNoFixedOne() {
    assertEquals("None", typical.get("/1.0/meta-data/local-ipv4"));
    assertEquals("10.0.0.9", Guest.text(typical.findFrom("10.0.0.9", "/1.0/meta-data/local-ipv4")));
    assertEquals("10.0.0.8", Guest.text(typical.findFrom("10.0.0.8", "/1.0/meta-data/local-ipv4")));
  }

  @Test
  void showsSecurityGroupsOneALine() {
    assertEquals("web\ndb", typical.get("/1.0/meta-data/security-groups"));
  }

  @Test
  void leavesOutTheHostNameThatNovaStumblesOver() {
    Guest guest = Guest.of(Instances.typical().hostname(null).build());

    assertEquals(
        typical.get("/latest/meta-data").replaceAll("[a-z-]*hostname\n", ""),
        guest.get("/latest/meta-data"));
    assertEquals("404", guest.get("/1.0/meta-data/hostname"));
    assertEquals("i-00000001", guest.get("/1.0/meta-data/instance-id"));
  }

  @Test
  void leavesOutTheFlavorThatNovaStumblesOver() {
    Guest guest = Guest.of(Instances.typical().flavorName(null).build());

    assertEquals(
        typical.get("/latest/meta-data").replace("instance-type\n", ""),
        guest.get("/latest/meta-data"));
    assertEquals("404", guest.get("/latest/meta-data/instance-type"));
    assertEquals("vm-1.novalocal", guest.get("/latest/meta-data/hostname"));
  }

  @Test
  void onlySecurityGroupsHaveToWaitForWhoKnowsThem() {
    Guest guest =
        Guest.of(
            Instances.typical().build(),
            instance -> {
              throw new StoreUnavailableException("away", null);
            });

    for (Ec2Version version : Ec2Version.values()) {
      String path = "/" + version.label() + "/meta-data/";
      assertEquals(new Lookup.TemporarilyUnavailable("away"), guest.find(path + "security-groups"));
      assertInstanceOf(Document.class, guest.find(path), path);
    }
  }

  @Test
  void leavesOutOnlyWhatCannotBeRead() {
    Guest guest =
        Guest.of(
            Instances.typical()
                .flavorName(null)
                .userData(null)
                .unreadable(Part.FLAVOR, Part.NETWORK, Part.USER_DATA)
                .build());

    assertEquals("meta-data/", guest.get("/latest"));
    assertEquals("404", guest.get("/latest/meta-data/instance-type"));
    assertEquals("404", guest.get("/latest/meta-data/local-ipv4"));
    assertEquals("vm-1.novalocal", guest.get("/latest/meta-data/hostname"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ami-id", "instance-id", "kernel-id", "ramdisk-id"})
  void leavesOutEc2NamesThatCannotBeHad(String name) {
    Guest guest =
        Guest.of(
            Instances.typical()
                .ec2Ids(
                    new Ec2Ids("", Optional.of("ami-1"), Optional.of("aki-1"), Optional.of("ari")))
                .unreadable(Part.EC2_IDS)
                .build());

    assertEquals("404", guest.get("/latest/meta-data/" + name));
    assertFalse(guest.get("/latest/meta-data/").lines().anyMatch(name::equals));
    assertEquals("vm-1.novalocal", guest.get("/latest/meta-data/hostname"));
  }

  @Test
  void mapsBlockDevices() {
    Guest guest =
        Guest.of(
            Instances.typical()
                .blockDevices(
                    new BlockDevices(
                        Optional.of("/dev/vda"),
                        Optional.of("/dev/vdx"),
                        Optional.of("/dev/vdy"),
                        List.of(
                            mapping("image", "local", null, "/dev/vda"),
                            mapping("volume", "volume", null, "/dev/vdc"),
                            mapping("blank", "volume", null, null),
                            mapping("volume", "volume", null, "/dev/vdb"),
                            mapping("blank", "local", "swap", "/dev/vdd"),
                            mapping("blank", "local", "swap", "/dev/vde"),
                            mapping("blank", "local", "ext4", "/dev/vdf"),
                            mapping("blank", "local", null, null))))
                .build());

    assertEquals(
        "ami\nebs0\nebs1\nebs2\nephemeral0\nephemeral1\nroot\nswap",
        guest.get("/latest/meta-data/block-device-mapping/"));
    assertEquals("None", device(guest, "ebs0"));
    assertEquals("/dev/vdb", device(guest, "ebs1"));
    assertEquals("/dev/vdc", device(guest, "ebs2"));
    assertEquals("/dev/vde", device(guest, "swap"));
    assertEquals("/dev/vdf", device(guest, "ephemeral0"));
    assertEquals("None", device(guest, "ephemeral1"));
  }

  @Test
  void mapsDefaultDevicesWithoutARootDevice() {
    Guest guest =
        Guest.of(
            Instances.typical()
                .blockDevices(
                    new BlockDevices(
                        Optional.empty(), Optional.of("/dev/vdx"), Optional.empty(), List.of()))
                .build());

    assertEquals(
        "ami\nephemeral0\nroot\nswap", guest.get("/latest/meta-data/block-device-mapping"));
    assertEquals("sda2", device(guest, "ephemeral0"));
    assertEquals("/dev/sda1", device(guest, "root"));
  }

  private static String device(Guest guest, String name) {
    return guest.get("/latest/meta-data/block-device-mapping/" + name);
  }

  private static Mapping mapping(
      String source, String destination, String guestFormat, String device) {
    return new Mapping(
        Optional.of(source),
        Optional.of(destination),
        Optional.ofNullable(guestFormat),
        Optional.ofNullable(device));
  }
}
