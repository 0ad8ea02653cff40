// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree.openstack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.novacompat.metadata.instance.Instance;
import org.novacompat.metadata.instance.Instances;
import org.novacompat.metadata.instance.Instances.SubnetBuilder;
import org.novacompat.metadata.instance.Instances.VifBuilder;
import org.novacompat.metadata.instance.Vif;
import org.novacompat.metadata.tree.Guest;

/** Expected values are those of nova 26's {@code netutils.get_network_metadata}. */
class NetworkDataTest {
  private static final String LINK =
      "{\"id\": \"tap1\", \"vif_id\": \"port-1\", \"type\": \"ovs\", \"mtu\": 1450,"
          + " \"ethernet_mac_address\": \"fa:16:3e:00:00:01\"}";
  private static final String DNS =
      "{\"type\": \"dns\", \"address\": \"192.0.2.53\"}, {\"type\": \"dns\", \"address\":"
          + " \"192.0.2.54\"}";
  private static final String DNS6 = "{\"type\": \"dns\", \"address\": \"2001:db8::53\"}";
  private static final String V4 =
      "{\"id\": \"network0\", \"type\": \"ipv4\", \"link\": \"tap1\", \"ip_address\":"
          + " \"10.0.0.5\", \"netmask\": \"255.255.255.0\", \"routes\": [{\"network\":"
          + " \"0.0.0.0\", \"netmask\": \"0.0.0.0\", \"gateway\": \"10.0.0.1\"}%s],"
          + " \"network_id\": \"network-1\", \"services\": ["
          + DNS
          + "]}";
  private static final String V6 =
      "{\"id\": \"network%d\", \"type\": \"ipv6%s\", \"link\": \"tap1\", \"ip_address\":"
          + " \"2001:db8::5\", \"netmask\": \"ffff:ffff:ffff:ffff::\", \"routes\": [{\"network\":"
          + " \"::\", \"netmask\": \"::\", \"gateway\": \"2001:db8::1\"}], \"network_id\":"
          + " \"network-1\", \"services\": ["
          + DNS6
          + "]}";

  private static String of(Vif... vifs) {
    return Guest.of(Instances.typical().vifs(vifs).build())
        .get("/openstack/2012-08-10/network_data.json");
  }

  private static String json(String links, String networks, String services) {
    return "{\"links\": ["
        + links
        + "], \"networks\": ["
        + networks
        + "], \"services\": ["
        + services
        + "]}";
  }

  @Test
  void isEmptyWithoutVifs() {
    assertEquals("{}", of());
  }

  @Test
  void hasEmptyListsWithoutSubnets() {
    Vif lost =
        new Vif(
            Optional.of("port-9"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    assertEquals(json("", "", ""), of(lost, VifBuilder.on().build()));
  }

  @Test
  void describesAFixedAddressWithItsRoutes() {
    assertEquals(
        json(
            LINK,
            V4.formatted(
                ", {\"network\": \"192.168.7.0\", \"netmask\": \"255.255.255.0\", \"gateway\":"
                    + " \"10.0.0.254\"}"),
            DNS),
        of(VifBuilder.on(SubnetBuilder.v4().route("192.168.7.9/24", "10.0.0.254")).build()));
  }

  @Test
  void leavesTheMtuAndTheAddressToADhcpServer() {
    assertEquals(
        json(
            LINK.replace("1450", "null"),
            "{\"id\": \"network0\", \"type\": \"ipv4_dhcp\", \"link\": \"tap1\", \"network_id\":"
                + " \"network-1\"}",
            DNS),
        of(VifBuilder.on(SubnetBuilder.v4().dhcpServer("10.0.0.2")).build()));
  }

  /** {@code nova/virt/netutils.py: _get_eth_link} at 25.0.0 and 26.0.0. */
  @Test
  void tellsTheMtuBesideDhcpUntilYoga() {
    Instance leased =
        Instances.typical()
            .vifs(VifBuilder.on(SubnetBuilder.v4().dhcpServer("10.0.0.2")).build())
            .build();
    String path = "/openstack/latest/network_data.json";
    String mtu = "\"mtu\": 1450,";
    assertTrue(Guest.of(leased, Guest.beforeZed()).get(path).contains(mtu));
    assertEquals(
        Guest.of(leased).get(path),
        Guest.of(leased, Guest.beforeZed()).get(path).replace(mtu, "\"mtu\": null,"));
  }

  @Test
  void tellsTheMtuWhereTheDhcpServerHasNoAddress() {
    assertEquals(
        json(
            LINK,
            "{\"id\": \"network0\", \"type\": \"ipv4_dhcp\", \"link\": \"tap1\", \"network_id\":"
                + " \"network-1\"}",
            DNS),
        of(VifBuilder.on(SubnetBuilder.v4().dhcpServer("")).build()));
  }

  @Test
  void describesTheFirstSubnetOfEachVersion() {
    assertEquals(
        json(LINK, V4.formatted("") + ", " + V6.formatted(1, ""), DNS + ", " + DNS6),
        of(
            VifBuilder.on(
                    SubnetBuilder.v6(), SubnetBuilder.v4(), SubnetBuilder.v4().cidr("10.9.0.0/16"))
                .build()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"slaac", "dhcpv6-stateful", "dhcpv6-stateless"})
  void namesTheIpv6ModeEvenWithADhcpServer(String mode) {
    assertEquals(
        json(LINK.replace("1450", "null"), V6.formatted(0, "_" + mode), DNS6),
        of(
            VifBuilder.on(SubnetBuilder.v6().ipv6AddressMode(mode).dhcpServer("2001:db8::2"))
                .build()));
  }

  @Test
  void describesOnlyTheLinkWithoutAddresses() {
    assertEquals(json(LINK, "", ""), of(VifBuilder.on(SubnetBuilder.v4().ips()).build()));
  }

  @Test
  void countsInterfacesAndKeepsDuplicateNameServersOfOneSubnet() {
    String server = "{\"type\": \"dns\", \"address\": \"192.0.2.53\"}";

    assertEquals(
        json(
            "{\"id\": \"interface0\", \"vif_id\": \"port-1\", \"type\": \"phy\", \"mtu\": 1450,"
                + " \"ethernet_mac_address\": \"fa:16:3e:00:00:01\"}, {\"id\": \"interface1\","
                + " \"vif_id\": \"port-2\", \"type\": \"hw_veb\", \"mtu\": null,"
                + " \"ethernet_mac_address\": \"fa:16:3e:00:00:01\"}",
            V4.formatted("").replace("tap1", "interface0").replace(DNS, server + ", " + server)
                + ", {\"id\": \"network1\", \"type\": \"ipv4\", \"link\": \"interface1\","
                + " \"ip_address\": \"10.0.0.5\", \"netmask\": \"255.255.255.0\", \"routes\": [],"
                + " \"network_id\": \"network-1\", \"services\": ["
                + DNS
                + "]}",
            server + ", " + DNS),
        of(
            VifBuilder.on(SubnetBuilder.v4().dns("192.0.2.53", "192.0.2.53"))
                .deviceName(null)
                .type("binding_failed")
                .build(),
            VifBuilder.on().build(),
            VifBuilder.on(SubnetBuilder.v4().gateway(null))
                .id("port-2")
                .deviceName("")
                .type("hw_veb")
                .mtu(null)
                .build()));
  }

  @Test
  void tellsThePrefixLengthOfAnAddressOfUnknownVersion() {
    Vif.FixedIp unknown = new Vif.FixedIp(Optional.empty(), 0, List.of());

    assertEquals(
        json(
            LINK,
            V4.formatted("").replace("\"10.0.0.5\"", "null").replace("\"255.255.255.0\"", "24"),
            DNS),
        of(VifBuilder.on(SubnetBuilder.v4().ips(unknown)).build()));
  }

  @Test
  void leavesOutTheNetworkWhoseRangeIsNotKnown() {
    assertEquals(json(LINK, "", ""), of(VifBuilder.on(SubnetBuilder.v4().cidr(null)).build()));
  }

  @Test
  void leavesOutTheRouteWhoseDestinationIsNoRange() {
    assertEquals(
        of(VifBuilder.on(SubnetBuilder.v4()).build()),
        of(VifBuilder.on(SubnetBuilder.v4().route("x", "10.0.0.1")).build()));
  }

  @Test
  void showsARouteByWayOfNull() {
    String route = ", {\"network\": \"10.0.0.0\", \"netmask\": \"255.0.0.0\", \"gateway\": null}";
    assertEquals(
        json(LINK, V4.formatted(route), DNS),
        of(VifBuilder.on(SubnetBuilder.v4().route("10.0.0.0/8", null)).build()));
  }

  @Test
  void isLeasedByADhcpThatHasNoPortOfItsOwn() {
    assertEquals(
        of(VifBuilder.on(SubnetBuilder.v4().dhcpServer("10.0.0.2")).build())
            .replace("\"mtu\": null", "\"mtu\": 1450"),
        of(VifBuilder.on(SubnetBuilder.v4().enableDhcp()).build()));
  }
}
