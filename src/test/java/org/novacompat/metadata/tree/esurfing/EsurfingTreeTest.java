// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree.esurfing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.novacompat.metadata.application.TreeSettings;
import org.novacompat.metadata.instance.Instance;
import org.novacompat.metadata.instance.Instance.Part;
import org.novacompat.metadata.instance.Instances;
import org.novacompat.metadata.instance.Instances.SubnetBuilder;
import org.novacompat.metadata.instance.Instances.VifBuilder;
import org.novacompat.metadata.instance.Vif;
import org.novacompat.metadata.tree.ContentType;
import org.novacompat.metadata.tree.Document;
import org.novacompat.metadata.tree.Guest;
import org.novacompat.metadata.tree.Lookup;
import org.novacompat.metadata.tree.esurfing.EsurfingSettings.OwnerAccount;

class EsurfingTreeTest {
  private static final TreeSettings SETTINGS =
      Guest.with(new EsurfingSettings(Optional.of("huadong1"), OwnerAccount.PROJECT));

  private final Guest typical = guest(connected());

  private static Instances connected() {
    return Instances.typical()
        .displayName("My server")
        .vifs(
            VifBuilder.on(SubnetBuilder.v6(), SubnetBuilder.v4()).build(),
            VifBuilder.on(SubnetBuilder.v4().ips(ip("10.9.9.9"))).build());
  }

  private static Vif.FixedIp ip(String address) {
    return new Vif.FixedIp(Optional.of(address), 4, List.of());
  }

  private static Guest guest(Instances instance) {
    return Guest.of(instance.build(), SETTINGS);
  }

  @ParameterizedTest
  @CsvSource({
    "owner-account-id, project-1",
    "instance-id, 6f70656e-7374-4163-8000-000000000001",
    "hostname, My server",
    "flavor_name, m1.small",
    "region-id, huadong1",
    "zone-id, nova",
    "image-id, 00000000-0000-0000-0000-000000000001",
    "vpc-id, network-1",
    "private-ipv4, 10.0.0.5",
    "network, interfaces/",
    "network/interfaces, macs/",
    "network/interfaces/macs, fa:16:3e:00:00:01",
    "network/interfaces/macs/fa:16:3e:00:00:01, fa:16:3e:00:00:01",
    "instance, specs/",
    "instance/specs, role",
    "instance/specs/role, webserver",
  })
  void showsTheInstance(String path, String text) {
    assertEquals(text, typical.get("/meta-data/" + path));
    assertEquals(text, typical.get("/meta-data/" + path + "/"));
  }

  @Test
  void showsTheUserDataDecoded() {
    assertEquals("#!/bin/sh\n", typical.get("/meta-data/user_data"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/meta-data", "/meta-data/", "//meta-data/./"})
  void listsWhatIsThereInTheMannerOfTheEc2Tree(String path) {
    assertEquals(
        "flavor_name\nhostname\nimage-id\ninstance/\ninstance-id\nnetwork/\nowner-account-id\n"
            + "private-ipv4\nregion-id\nuser_data\nvpc-id\nzone-id",
        typical.get(path));
  }

  @Test
  void whatAnInstanceHasNotIsNeitherListedNorFound() {
    Guest bare =
        Guest.of(
            Instances.typical()
                .displayName(null)
                .flavorName(null)
                .projectId(null)
                .availabilityZone(null)
                .imageRef("")
                .userData(null)
                .metadata()
                .build(),
            Guest.with(new EsurfingSettings(Optional.empty(), OwnerAccount.PROJECT)));
    assertEquals("instance-id", bare.get("/meta-data"));
    for (String path :
        new String[] {
          "hostname",
          "flavor_name",
          "owner-account-id",
          "zone-id",
          "region-id",
          "image-id",
          "user_data",
          "vpc-id",
          "private-ipv4",
          "network",
          "network/interfaces/macs",
          "instance",
          "instance/specs",
          "instance/specs/role",
        }) {
      assertEquals("404", bare.get("/meta-data/" + path), path);
    }
    assertEquals("{}", bare.get("/spec-meta-data"));
  }

  @Test
  void anAddressOfAnotherNicIsNotThePrimarysAddress() {
    Guest guest =
        guest(
            Instances.typical()
                .vifs(
                    VifBuilder.on(SubnetBuilder.v6()).build(),
                    VifBuilder.on(SubnetBuilder.v4()).build()));
    assertEquals("404", guest.get("/meta-data/private-ipv4"));
    assertEquals("network-1", guest.get("/meta-data/vpc-id"));
  }

  @Test
  void whatCannotBeReadIsLeftOut() {
    Guest guest = guest(connected().unreadable(Part.NETWORK, Part.FLAVOR).flavorName(null));
    assertEquals("404", guest.get("/meta-data/private-ipv4"));
    assertEquals("404", guest.get("/meta-data/vpc-id"));
    assertEquals("404", guest.get("/meta-data/network"));
    assertEquals("404", guest.get("/meta-data/flavor_name"));
    assertEquals("nova", guest.get("/meta-data/zone-id"));
  }

  @Test
  void theOwnerMayBeTheUser() {
    Guest guest =
        Guest.of(
            Instances.typical().build(),
            Guest.with(new EsurfingSettings(Optional.empty(), OwnerAccount.USER)));
    assertEquals("user-1", guest.get("/meta-data/owner-account-id"));
  }

  @Test
  void allCustomMetadataIsOneJsonObjectAsPythonWritesIt() {
    Guest guest =
        guest(
            Instances.typical()
                .metadata("role", "wéb", "none", null)
                .customMetadata("requeirements", "{\"requests\":\"2.27.1\",\"n\":[1,2.50,null]}"));
    assertEquals(
        "{\"role\": \"w\\u00e9b\", \"none\": null,"
            + " \"requeirements\": {\"requests\": \"2.27.1\", \"n\": [1, 2.50, null]}}",
        guest.get("/spec-meta-data"));
    assertEquals(ContentType.JSON, type(guest.find("/spec-meta-data/")));
    assertEquals("404", guest.get("/spec-meta-data/role"));
  }

  @Test
  void aStringIsShownAsItIsAndAnythingElseAsJson() {
    Guest guest =
        guest(
            Instances.typical()
                .metadata("text", "wéb")
                .customMetadata(
                    "object", "{\"a\":1}", "long", "\"🐎\\n\"", "truth", "true", "nil", "null"));
    String specs = "/meta-data/instance/specs";
    assertEquals("long\nnil\nobject\ntext\ntruth", guest.get(specs + "/"));
    assertEquals("wéb", guest.get(specs + "/text"));
    assertEquals("🐎\n", guest.get(specs + "/long"));
    assertEquals("{\"a\": 1}", guest.get(specs + "/object"));
    assertEquals("true", guest.get(specs + "/truth"));
    assertEquals("null", guest.get(specs + "/nil"));
    assertEquals("404", guest.get(specs + "/TEXT"));
    assertEquals("404", guest.get(specs + "/object/a"));
    assertEquals(ContentType.TEXT, type(guest.find(specs + "/text")));
    assertEquals(ContentType.TEXT, type(guest.find(specs + "/long")));
    assertEquals(ContentType.JSON, type(guest.find(specs + "/object")));
  }

  @Test
  void numbersKeepEveryDigit() {
    String numbers = "[1.50, 0.1234567890123456789, 1E+400, 12345678901234567890123, -0.0]";
    Guest guest = guest(Instances.typical().customMetadata("numbers", numbers));
    assertEquals(numbers.replace("-0.0", "0.0"), guest.get("/meta-data/instance/specs/numbers"));
  }

  @Test
  void keysThatNoPathCanNameAreInTheObjectAlone() {
    Guest guest =
        guest(Instances.typical().metadata("a b:c.d_e-f", "1", ".", "2", "..", "3", "x/y", "4"));
    assertEquals("a b:c.d_e-f", guest.get("/meta-data/instance/specs"));
    assertEquals("1", guest.get("/meta-data/instance/specs/a b:c.d_e-f"));
    assertEquals("404", guest.get("/meta-data/instance/specs/x/y"));
    assertEquals(
        "{\"a b:c.d_e-f\": \"1\", \".\": \"2\", \"..\": \"3\", \"x/y\": \"4\"}",
        guest.get("/spec-meta-data"));
  }

  @Test
  void metaOfMetaDataJsonIsNovasAlone() {
    Guest guest = guest(Instances.typical().metadata("a", "1").customMetadata("b", "[]"));
    assertEquals(
        true, guest.get("/openstack/latest/meta_data.json").contains("\"meta\": {\"a\": \"1\"}"));
  }

  @Test
  void aDocumentIsRenderedOnce() {
    for (String path :
        new String[] {"/spec-meta-data", "/meta-data", "/meta-data/instance/specs/role"}) {
      assertSame(typical.find(path), typical.find(path));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/ec2/meta-data",
        "/openstack/meta-data",
        "/latest/spec-meta-data",
        "/meta-data/ami-id",
        "/meta-data/nope",
        "/meta-data/hostname/x",
        "/meta_data",
        "/Meta-Data",
        "/spec-meta-data.json"
      })
  void nothingElseIsThere(String path) {
    assertEquals("404", typical.get(path));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/latest", "/latest/meta-data", "/2009-04-04/meta-data/hostname"})
  void novasTreesAreAsTheyAreWithoutIt(String path) {
    Instance instance = connected().build();
    assertEquals(Guest.of(instance).get(path), Guest.of(instance, SETTINGS).get(path));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/meta-data", "/meta-data/hostname", "/spec-meta-data"})
  void turnedOffThereIsNothing(String path) {
    assertEquals("404", Guest.of(connected().build()).get(path));
  }

  private static ContentType type(Lookup answer) {
    return assertInstanceOf(Document.class, answer).contentType();
  }
}
