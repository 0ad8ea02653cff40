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
          List.of(address("10.0.0.5"), address("10.0.0.6"), address("2001:db8::5")),
          FixedAddresses.in(json));
    }
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
