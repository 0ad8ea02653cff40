// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FixedAddressesTest {

  @Test
  void areNeitherGatewaysNorNameServersNorFloatingOnes() throws IOException {
    try (InputStream in = FixedAddressesTest.class.getResourceAsStream("network.json")) {
      String json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(
          List.of(
              address("fe80::f816:3eff:fe00:1"),
              address("10.0.0.5"),
              address("10.0.0.6"),
              address("2001:db8::5"),
              address("fe80::f816:3eff:fe00:2")),
          FixedAddresses.in(json));
    }
  }

  @Test
  void comeWithTheLinkLocalAddressesOfTheInterfaces() {
    String json =
        """
        [{"address": "fa:16:3e:0a:00:01", "network": null},
         {"address": "FA:16:3E:0A:00:02", "network": {"subnets": [{"ips": [
           {"address": "10.0.0.5", "floating_ips": [{"address": "fa:16:3e:0a:00:03"}]}]}]}},
         {"address": "fa:16:3e:0a:00", "profile": {"address": "fa:16:3e:0a:00:04"}}]
        """;
    assertEquals(
        List.of(
            address("fe80::f816:3eff:fe0a:1"),
            address("fe80::f816:3eff:fe0a:2"),
            address("10.0.0.5")),
        FixedAddresses.in(json));
  }

  @Test
  void countOnceAndAreOneInBothSpellings() {
    String json =
        """
        [{"network": {"subnets": [{"ips": [
          {"address": "10.0.0.5"}, {"address": "::ffff:10.0.0.5"}, {"address": "nonsense"},
          {"address": null}, {"address": {"address": "10.0.0.7"}}, {"x": "10.0.0.8"}]}]}},
         {"address": "10.0.0.9", "network": null}]
        """;
    assertEquals(List.of(address("10.0.0.5")), FixedAddresses.in(json));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "\"10.0.0.5\"",
        "{\"address\": \"10.0.0.5\"}",
        "[{\"network\": {\"subnets\": [{\"ips\": [{\"address\": \"10.0.0.5\"}"
      })
  void areNoneInWhatIsNoNetworkInformation(String json) {
    assertEquals(List.of(), FixedAddresses.in(json));
  }

  private static Address address(String text) {
    return Address.parse(text).orElseThrow();
  }
}
