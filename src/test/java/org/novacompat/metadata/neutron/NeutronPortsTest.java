// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.neutron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.novacompat.metadata.instance.Ports;
import org.novacompat.metadata.instance.Ports.Port;
import org.novacompat.metadata.keystone.Conf;
import org.novacompat.metadata.keystone.FakeOpenStack;

class NeutronPortsTest {
  private static final String RECORDED = "4462ebfc-5f91-4ef0-9cfb-ac6e7687a66e";
  private static final String NETWORK = "e60eb92b-d9cf-4932-80b7-6e092c195f49";

  private FakeOpenStack cloud;
  private Neutron neutron;
  private Ports ports;

  @BeforeEach
  void startTheCloud() throws Exception {
    cloud = FakeOpenStack.start();
    neutron = Neutron.open(Conf.of(cloud.novaConf())).orElseThrow();
    ports = neutron.ports();
  }

  @AfterEach
  void stopTheCloud() {
    neutron.close();
    cloud.close();
  }

  @Test
  void findsThePortsWithAnAddress() throws Exception {
    assertEquals(
        List.of(new Port(RECORDED, FakeOpenStack.PROJECT)), ports.withAddress("10.0.3.54"));
    assertEquals(
        List.of(
            "/networking/v2.0/ports?fixed_ips=ip_address%3D10.0.3.54"
                + "&fields=id&fields=device_id&fields=tenant_id"),
        cloud.asked());
    assertEquals(List.of(), ports.withAddress("10.9.9.9"));
  }

  @Test
  void findsAllPortsWithAnAddressNobodysIncluded() throws Exception {
    cloud.addPort("", "10.0.3.54");
    cloud.addPort("other", "fd00::1");

    assertEquals(
        List.of(RECORDED, ""), ports.withAddress("10.0.3.54").stream().map(Port::device).toList());
    assertEquals(
        List.of("other"), ports.withAddress("fd00::1").stream().map(Port::device).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "unknown", "10.0.3.54&network_id=x", "fe80::1%eth0", "{x}"})
  void whatIsNoAddressIsNoPorts(String text) throws Exception {
    assertEquals(List.of(), ports.withAddress(text));
    assertEquals(List.of(), cloud.asked());
  }

  @Test
  void findsTheNetworksOfAProviderOneForEachSubnet() throws Exception {
    cloud.addSubnet("a provider & {more}", "n1");
    cloud.addSubnet("a provider & {more}", "n2");
    cloud.addSubnet("a provider & {more}", "n1");
    cloud.addSubnet("other", "n3");

    assertEquals(List.of("n1", "n2", "n1"), ports.networksOfProvider("a provider & {more}"));
    assertEquals(List.of(), ports.networksOfProvider("nobody"));
  }

  @Test
  void asksFor160NetworksACall() throws Exception {
    List<String> networks =
        IntStream.range(0, 400)
            .mapToObj(i -> i == 399 ? NETWORK : "00000000-0000-4000-8000-%012d".formatted(i))
            .toList();

    assertEquals(
        List.of(new Port(RECORDED, FakeOpenStack.PROJECT)),
        ports.withAddress("10.0.3.54", networks));
    assertEquals(
        List.of(160, 160, 80), cloud.asked().stream().map(NeutronPortsTest::networks).toList());
    assertTrue(cloud.asked().stream().allMatch(url -> url.length() <= 8192));
  }

  @Test
  void noNetworksHaveNoPorts() throws Exception {
    assertEquals(List.of(), ports.withAddress("10.0.3.54", List.of()));
    assertEquals(List.of(), cloud.asked());
  }

  private static int networks(String url) {
    return url.split("network_id=", -1).length - 1;
  }
}
