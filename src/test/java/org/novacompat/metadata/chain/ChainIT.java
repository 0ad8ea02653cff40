// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.chain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What guests behind a real neutron-metadata-agent get, by curl and by cloud-init's own readers, is
 * what the databases say about them.
 *
 * <p>Skipped where the machine lacks what {@code src/test/chain/chain.sh --help} names, unless the
 * environment has {@code NOVA_COMPAT_REQUIRE_CHAIN=1}: then that is a failure.
 */
class ChainIT {
  private static final String REQUIRED = "NOVA_COMPAT_REQUIRE_CHAIN";
  private static final int SEED_BYTES = 512;

  private static Chain chain;

  @BeforeAll
  static void letTheGuestsAsk() throws Exception {
    Optional<String> lack = Chain.lack();
    if (lack.isPresent()) {
      if ("1".equals(System.getenv(REQUIRED))) {
        fail(REQUIRED + " is set, but " + lack.get());
      }
      System.err.println("ChainIT is skipped: " + lack.get());
      abort(lack.get());
    }
    chain = Chain.run();
  }

  @ParameterizedTest
  @ValueSource(strings = {"web", "db"})
  void answersWhateverTheListingsLeadTo(String name) throws Exception {
    Map<String, ChainGuest.Page> pages = chain.guest(name).pages();
    assertTrue(pages.size() > 200, () -> "only " + pages.keySet());
    pages.forEach((path, page) -> assertEquals(200, page.status(), path));
  }

  @ParameterizedTest
  @ValueSource(strings = {"web", "db"})
  void says404WhereNothingIs(String name) throws Exception {
    chain.guest(name).missing().forEach((path, page) -> assertEquals(404, page.status(), path));
  }

  @ParameterizedTest
  @ValueSource(strings = {"web", "db"})
  void tellsCurlTheInstancesRows(String name) throws Exception {
    ChainGuest guest = chain.guest(name);
    ChainGuest.Page page = guest.page("/openstack/latest/meta_data.json");
    assertEquals("application/json", page.type());
    assertIsTheInstance(guest, page.json());
    assertArrayEquals(guest.userData(), guest.page("/openstack/latest/user_data").body());
    assertArrayEquals(guest.userData(), guest.page("/latest/user-data").body());
    assertEquals(name + ".novalocal", guest.page("/1.0/meta-data/hostname").text());
    assertEquals(
        guest.fact("flavor"), guest.page("/ec2/2009-04-04/meta-data/instance-type").text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"web", "db"})
  void tellsCloudInitsOpenStackReaderTheInstancesRows(String name) throws Exception {
    ChainGuest guest = chain.guest(name);
    JsonNode read = guest.answers().get("openstack");
    assertIsTheInstance(guest, read.get("metadata"));
    assertEquals(SEED_BYTES, read.get("metadata").get("random_seed").binaryValue().length);
    assertArrayEquals(guest.userData(), read.get("userdata").binaryValue());
    JsonNode vendorData =
        new ObjectMapper().readTree(Path.of("src/test/chain/vendordata.json").toFile());
    assertEquals(vendorData, read.get("vendordata"));
    assertEquals(vendorData, read.get("vendordata2").get("static"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"web", "db"})
  void describesThePortThatNeutronMade(String name) throws Exception {
    ChainGuest guest = chain.guest(name);
    JsonNode network = guest.answers().get("openstack").get("networkdata");
    assertEquals(1, network.get("links").size());
    assertEquals(guest.fact("mac"), network.at("/links/0/ethernet_mac_address").asText());
    assertEquals(guest.fact("port"), network.at("/links/0/vif_id").asText());
    assertEquals(guest.fact("network"), network.at("/networks/0/network_id").asText());
    assertEquals(List.of("192.0.2.53", "192.0.2.54"), texts(network.get("services"), "address"));
  }

  @Test
  void letsCloudInitConfigureDhcpOrTheStaticAddress() throws Exception {
    JsonNode dhcp = chain.guest("web").answers().get("network").at("/config/0");
    assertEquals("eth0", dhcp.get("name").asText());
    assertEquals(List.of("dhcp4"), texts(dhcp.get("subnets"), "type"));

    ChainGuest guest = chain.guest("db");
    JsonNode fixed = guest.answers().get("network").at("/config/0");
    assertEquals("eth0", fixed.get("name").asText());
    assertEquals(List.of(guest.fact("address")), texts(fixed.get("subnets"), "address"));
    assertEquals("10.77.0.1", fixed.at("/subnets/0/routes/0/gateway").asText());
  }

  @Test
  void letsCloudInitReadTheInjectedFile() throws Exception {
    ChainGuest guest = chain.guest("db");
    String interfaces = guest.answers().get("openstack").get("network_config").asText();
    assertTrue(interfaces.contains("\n    address " + guest.fact("address") + "\n"), interfaces);
  }

  @ParameterizedTest
  @ValueSource(strings = {"web", "db"})
  void tellsCloudInitsEc2ReaderTheInstancesRows(String name) throws Exception {
    ChainGuest guest = chain.guest(name);
    JsonNode read = guest.answers().get("ec2").get("meta_data");
    Map<String, String> expected =
        new TreeMap<>(
            Map.of(
                "hostname", name + ".novalocal",
                "local-ipv4", guest.fact("address"),
                "instance-type", guest.fact("flavor"),
                "ami-launch-index", guest.fact("launch_index"),
                "reservation-id", "r-" + name));
    Map<String, String> told = new TreeMap<>();
    expected.keySet().forEach(key -> told.put(key, read.path(key).asText()));
    assertEquals(expected, told);
    assertEquals("zone-1", read.at("/placement/availability-zone").asText());
    assertEquals(read, guest.answers().get("openstack").get("ec2-metadata"));
    assertArrayEquals(guest.userData(), guest.answers().get("ec2").get("user_data").binaryValue());
  }

  @Test
  void tellsEc2IdsThatAreThereAndMakesThoseThatAreNot() throws Exception {
    assertEquals("i-00004711", ec2("web").get("instance-id").asText());
    assertEquals("i-00004712", ec2("db").get("instance-id").asText());
    assertFalse(ec2("web").get("ami-id").equals(ec2("db").get("ami-id")));
  }

  @Test
  void tellsEc2TheKeyAndTheFloatingAddress() throws Exception {
    ChainGuest guest = chain.guest("web");
    assertEquals(guest.fact("public_key"), ec2("web").at("/public-keys/chain-key").asText());
    assertEquals(guest.fact("floating"), ec2("web").get("public-ipv4").asText());
    assertFalse(ec2("db").has("public-keys"));
    assertEquals("", ec2("db").get("public-ipv4").asText());
  }

  @ParameterizedTest
  @ValueSource(strings = {"web", "db"})
  void tellsTheSecurityGroupsThatNeutronKnows(String name) throws Exception {
    ChainGuest guest = chain.guest(name);
    Set<String> groups = new TreeSet<>();
    guest.facts().get("groups").forEach(group -> groups.add(group.asText()));
    assertEquals(
        groups,
        new TreeSet<>(guest.page("/latest/meta-data/security-groups").text().lines().toList()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"web", "db"})
  void knowsAGuestByItsLinkLocalAddress(String name) throws Exception {
    ChainGuest guest = chain.guest(name);
    assumeFalse(guest.answers().get("link_local").isNull(), "there is no IPv6 here");
    assertIsTheInstance(guest, guest.asked("link_local").json());
  }

  @ParameterizedTest
  @ValueSource(strings = {"web", "db"})
  void tellsAGuestThatForgesHeadersAboutItself(String name) throws Exception {
    ChainGuest guest = chain.guest(name);
    assertIsTheInstance(guest, guest.asked("forged").json());
  }

  private static void assertIsTheInstance(ChainGuest guest, JsonNode metaData) {
    assertEquals(guest.fact("uuid"), metaData.get("uuid").asText());
    assertEquals(guest.fact("name") + ".novalocal", metaData.get("hostname").asText());
    assertEquals(guest.fact("display_name"), metaData.get("name").asText());
    assertEquals(guest.fact("project"), metaData.get("project_id").asText());
    assertEquals(guest.facts().get("launch_index"), metaData.get("launch_index"));
    assertEquals("zone-1", metaData.get("availability_zone").asText());
    assertEquals(guest.facts().get("meta").size(), metaData.path("meta").size());
    guest
        .facts()
        .get("meta")
        .properties()
        .forEach(each -> assertEquals(each.getValue(), metaData.get("meta").get(each.getKey())));
    assertEquals(
        guest.facts().get("key_name").isNull(), metaData.path("public_keys").isMissingNode());
    if (!guest.facts().get("key_name").isNull()) {
      assertEquals(
          guest.facts().get("public_key"), metaData.get("public_keys").get(guest.fact("key_name")));
    }
  }

  private static JsonNode ec2(String guest) throws Exception {
    return chain.guest(guest).answers().get("ec2").get("meta_data");
  }

  private static List<String> texts(JsonNode array, String field) {
    return StreamSupport.stream(array.spliterator(), false)
        .map(each -> each.get(field).asText())
        .toList();
  }
}
