// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.nat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.novacompat.metadata.command.nat.HostAddresses.Difference;
import org.novacompat.metadata.command.nat.HostAddresses.Found;

class HostAddressesTest {
  private static final HostAddress V4 = new HostAddress(MetadataAddress.IPV4, "lo");
  private static final HostAddress V6 = new HostAddress(MetadataAddress.IPV6, "br100");

  @TempDir private Path folder;

  @Test
  void knowsItsOwnByTheirMarks() {
    Found ours =
        Found.parse(
            "1: lo    inet 169.254.169.254/32 scope link lo:nova-compat\\       valid_lft forever",
            MetadataAddress.IPV4);
    assertEquals(new Found(V4, true), ours);
    assertFalse(
        Found.parse(
                "1: lo    inet 169.254.169.254/32 scope link lo\\       valid_lft forever",
                MetadataAddress.IPV4)
            .isOurs());
    assertEquals(
        new Found(V6, true),
        Found.parse(
            "2: br100    inet6 fe80::a9fe:a9fe/128 metric 169254 scope link nodad deprecated \\ ",
            MetadataAddress.IPV6));
    assertFalse(
        Found.parse(
                "2: br100    inet6 fe80::a9fe:a9fe/128 scope link \\       valid_lft forever",
                MetadataAddress.IPV6)
            .isOurs());
  }

  @Test
  void addsWhatIsMissingAndRemovesOnlyWhatIsItsOwn() {
    HostAddress elsewhere = new HostAddress(MetadataAddress.IPV4, "eth7");
    HostAddress other = new HostAddress(MetadataAddress.IPV6, "br101");
    Difference difference =
        Difference.of(
            List.of(new Found(elsewhere, false), new Found(other, true)), List.of(V4, V6));
    assertEquals(List.of(V6), difference.missing(), "IPv4's is on this host already");
    assertEquals(List.of(other), difference.surplus());
    assertTrue(Difference.of(List.of(new Found(elsewhere, false)), List.of()).isNone());
  }

  @Test
  void wantsIpv4sOnTheLoopbackAndIpv6sWhereGuestsComeIn() throws Exception {
    Rules rules =
        NovaConfText.rules(
            folder, List.of("br100", "tap+"), "[nova_compat]", "metadata_host_ipv6 = ::1");
    assertEquals(List.of(V4, V6), new Wanted(rules, true).addresses());
    assertEquals(List.of(), new Wanted(rules, false).addresses());
    assertEquals(
        List.of(
            "ip -4 address add 169.254.169.254/32 dev lo scope link label lo:nova-compat",
            "ip -6 address add fe80::a9fe:a9fe/128 dev br100 scope link nodad noprefixroute"
                + " preferred_lft 0 metric 169254"),
        HostAddresses.commands(List.of(V4, V6)));
  }
}
