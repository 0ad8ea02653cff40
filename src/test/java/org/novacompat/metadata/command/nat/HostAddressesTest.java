// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.nat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HostAddressesTest {
  private static final HostAddress V4 = new HostAddress(MetadataAddress.IPV4, "lo");
  private static final HostAddress V6 = new HostAddress(MetadataAddress.IPV6, "br100");

  @Test
  void knowsItsOwnByTheirMarks() {
    assertEquals(
        Map.of(V4, true),
        read(
            "1: lo    inet 169.254.169.254/32 scope link lo:nova-compat\\       valid_lft"
                + " forever"));
    assertEquals(
        Map.of(V4, false),
        read("1: lo    inet 169.254.169.254/32 scope link lo\\       valid_lft forever"));
    assertEquals(
        Map.of(V6, true),
        read("2: br100  inet6 fe80::a9fe:a9fe/128 metric 169254 scope link nodad deprecated \\ "));
    assertEquals(
        Map.of(V6, false),
        read("2: br100  inet6 fe80::a9fe:a9fe/128 scope link \\       valid_lft forever"));
  }

  @Test
  void addsWhatIsMissingAndRemovesOnlyWhatIsItsOwn() {
    HostAddress elsewhere = new HostAddress(MetadataAddress.IPV4, "eth7");
    HostAddress other = new HostAddress(MetadataAddress.IPV6, "br101");
    assertEquals(
        new HostAddresses(List.of(V6), List.of(other)),
        HostAddresses.compare(Map.of(elsewhere, false, other, true), List.of(V4, V6)),
        "IPv4's is on this host already");
    assertTrue(HostAddresses.compare(Map.of(elsewhere, false), List.of()).isEmpty());
  }

  private static Map<HostAddress, Boolean> read(String line) {
    Map<HostAddress, Boolean> present = new HashMap<>();
    HostAddresses.read(
        line, line.contains("inet6") ? MetadataAddress.IPV6 : MetadataAddress.IPV4, present);
    return present;
  }
}
