// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova.instances;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.nova.DemoCloud;
import org.novacompat.metadata.nova.OnDemoCloud;
import org.novacompat.metadata.python.Ip;

class FixedIpsTest extends OnDemoCloud {
  private FixedIps fixedIps;

  @BeforeEach
  void prepare() {
    fixedIps = new FixedIps(database);
  }

  @Test
  void knowsWhomNovaNetworkGaveAnAddress() throws Exception {
    give("2001:db8::7", DemoCloud.NUMA, 0);
    cloud.change("INSERT INTO nova_cell1.fixed_ips (address, deleted) VALUES ('10.0.0.8', 0)");
    assertEquals(List.of(DemoCloud.PLAIN), ask("127.0.0.1"));
    assertEquals(List.of(DemoCloud.NUMA), ask("127.0.0.2"));
    assertEquals(List.of(DemoCloud.NUMA), ask("2001:0db8:0:0:0:0:0:7"));
    assertEquals(List.of(), ask("10.0.0.8"));
    assertEquals(List.of(), ask("10.0.0.9"));
  }

  @Test
  void knowsTheLinkLocalAddressOfAnInterface() throws Exception {
    assertEquals(List.of(DemoCloud.PLAIN), ask("fe80::f816:3eff:fe0a:1"));
    assertEquals(List.of(), ask("fe80::f816:3eff:fe0a:9"));
    cloud.change("UPDATE nova_cell1.virtual_interfaces SET address = CONCAT(address, '/', uuid)");
    assertEquals(List.of(DemoCloud.PLAIN), ask("fe80::f816:3eff:fe0a:1"));
  }

  @Test
  void countsNoDeletedAddressAndNoDeletedInstance() throws Exception {
    give("10.0.0.7", DemoCloud.NUMA, 5);
    assertEquals(List.of(), ask("10.0.0.7"));
    give("10.0.0.7", DemoCloud.NUMA, 0);
    assertEquals(List.of(DemoCloud.NUMA), ask("10.0.0.7"));
    cloud.change("UPDATE nova_cell2.instances SET deleted = id");
    assertEquals(List.of(), ask("10.0.0.7"));
  }

  @Test
  void namesAllInstancesWithAnAddress() throws Exception {
    give("127.0.0.1", DemoCloud.NUMA, 0);
    assertEquals(List.of(DemoCloud.PLAIN, DemoCloud.NUMA), ask("127.0.0.1"));
  }

  @Test
  void needsTheTableInNoCell() throws Exception {
    cloud.change("DROP TABLE nova_cell1.fixed_ips");
    assertEquals(List.of(), ask("127.0.0.1"));
    assertEquals(List.of(DemoCloud.NUMA), ask("127.0.0.2"));
    assertEquals(
        1,
        cloud.sent(() -> ask("127.0.0.2")).stream()
            .filter(sent -> sent.text().contains("fixed_ips"))
            .filter(DemoCloud.Sent::isExecuted)
            .count());
  }

  @Test
  void findsNoAddressWhileACellIsUnavailableThatMayHaveItToo() throws Exception {
    give("127.0.0.1", DemoCloud.NUMA, 0);
    cloud.change(
        "UPDATE nova_api.cell_mappings SET database_connection = 'mysql://nova@127.0.0.1:1/nova'"
            + " WHERE name = 'cell2'");
    assertThrows(StoreUnavailableException.class, () -> ask("127.0.0.1"));
    assertThrows(StoreUnavailableException.class, () -> ask("127.0.0.2"));
  }

  private static void give(String address, String instance, int deleted) throws Exception {
    cloud.change(
        "INSERT INTO nova_cell2.fixed_ips (address, instance_uuid, deleted) VALUES ('%s', '%s', %d)"
            .formatted(address, instance, deleted));
  }

  private List<String> ask(String address) throws Exception {
    return fixedIps.instancesWith(Ip.parse(address).orElseThrow());
  }
}
