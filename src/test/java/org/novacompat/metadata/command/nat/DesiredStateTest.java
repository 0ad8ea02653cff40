// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.nat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.novacompat.metadata.config.oslo.InvalidConfigurationException;
import picocli.CommandLine.TypeConversionException;

class DesiredStateTest {
  @TempDir private Path folder;

  @Test
  void sendsGuestsToMyIpUnlessToldOtherwise() throws Exception {
    assertEquals(
        "169.254.169.254:80 -> 192.0.2.10:8775 from any interface", rules("my_ip = 192.0.2.10"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "192.0.2.7   |              | 169.254.169.254:80 -> 192.0.2.7:9",
        "127.0.0.1   |              | 169.254.169.254:80 -> this host's port 9",
        "::ffff:192.0.2.7 |         | 169.254.169.254:80 -> 192.0.2.7:9",
        "2001:DB8::7 |              | [fe80::a9fe:a9fe]:80 -> [2001:db8::7]:9",
        "::1         |              | [fe80::a9fe:a9fe]:80 -> this host's port 9",
        "192.0.2.7   | ::1          | 169.254.169.254:80 -> 192.0.2.7:9, "
            + "[fe80::a9fe:a9fe]:80 -> this host's port 9",
        "2001:db8::7 | 2001:db8::8  | [fe80::a9fe:a9fe]:80 -> [2001:db8::8]:9",
      })
  void mapsTheIpVersionsThatHaveAHost(String host, String host6, String expected) throws Exception {
    assertEquals(
        expected + " from any interface",
        rules(
            "metadata_host = " + host,
            "metadata_port = 9",
            "[nova_compat]",
            "metadata_host_ipv6 = " + (host6 == null ? "" : host6)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "controller",
        "192.0.2",
        "192.0.2.256",
        "0.0.0.0",
        "::",
        "224.0.0.1",
        "fe80::1",
        "fe80::1%eth0",
        "2001:db8::7%eth0",
        "::ffff:0.0.0.0",
        "192.0.2.1:8775",
      })
  void refusesAHostThatGuestsCannotBeSentTo(String host) {
    assertEquals(
        folder.resolve("nova.conf")
            + ":2: [DEFAULT] metadata_host: expected an IP address that guests can be sent to, got"
            + " '"
            + host
            + "'",
        complaint("metadata_host = " + host));
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.1", "::ffff:192.0.2.1"})
  void refusesAnIpv4AddressForIpv6(String host) {
    assertEquals(
        folder.resolve("nova.conf")
            + ":3: [nova_compat] metadata_host_ipv6: expected an IPv6 address, got '"
            + host
            + "'",
        complaint("[nova_compat]", "metadata_host_ipv6 = " + host));
  }

  @Test
  void refusesPort0() {
    assertEquals(
        folder.resolve("nova.conf")
            + ":2: [DEFAULT] metadata_port: expected a port that guests can be sent to, got '0'",
        complaint("metadata_port = 0"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-i", "a b", "a/b", "a\"b", "+", "ta+p", "abcdefghijklmnop", "a;b"})
  void refusesWhatIsNoInterface(String name) {
    assertThrows(TypeConversionException.class, () -> new GuestInterface(name));
  }

  @Test
  void namesTheInterfacesThatGuestsComeInBy() throws Exception {
    assertEquals(
        "169.254.169.254:80 -> 192.0.2.10:8775 from br100, tap+",
        NovaConfText.desired(folder, List.of("br100", "tap+"), "my_ip = 192.0.2.10").toString());
  }

  @Test
  void addsIpv4sAddressToTheLoopbackAndIpv6sWhereGuestsComeIn() throws Exception {
    DesiredState desired =
        NovaConfText.desired(
            folder, List.of("br100", "tap+"), "[nova_compat]", "metadata_host_ipv6 = ::1");
    assertEquals(List.of(), desired.addresses());
    assertEquals(
        List.of(
            "ip -4 address add 169.254.169.254/32 dev lo scope link label lo:nova-compat",
            "ip -6 address add fe80::a9fe:a9fe/128 dev br100 scope link nodad noprefixroute"
                + " preferred_lft 0 metric 169254"),
        desired.withAddresses().addresses().stream().map(HostAddress::addition).toList());
  }

  private String rules(String... lines) throws Exception {
    return NovaConfText.desired(folder, List.of(), lines).toString();
  }

  private String complaint(String... lines) {
    return assertThrows(InvalidConfigurationException.class, () -> rules(lines)).getMessage();
  }
}
