// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.python;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpTest {
  /** The right column comes from Python's inet_ntop. */
  @ParameterizedTest
  @CsvSource({
    "10.0.0.7, 10.0.0.7",
    "2001:db8:0:0:0:0:0:7, 2001:db8::7",
    "2001:0DB8::0007, 2001:db8::7",
    "fe80:0:0:0:f816:3eff:fe01:203%eth0, fe80::f816:3eff:fe01:203",
    "fe80::1%2, fe80::1",
    "0:0:1:0:0:2:3:4, ::1:0:0:2:3:4",
    "1:0:0:2:0:0:0:3, 1:0:0:2::3",
    "1:0:2:0:3:0:4:0, 1:0:2:0:3:0:4:0",
    "10:0:0:20:0:0:1:1, 10::20:0:0:1:1",
    "2001:db8:1::, 2001:db8:1::",
    "::, ::",
    "::1, ::1",
    "::ffff:10.0.0.7, 10.0.0.7",
    "0:0:0:0:0:0:a00:7, ::10.0.0.7",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
  })
  void isWrittenAsTheDatabasesHoldIt(String given, String written) {
    assertEquals(Optional.of(written), Ip.parsePeer(given).map(Ip::toString));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "localhost",
        "abc",
        "10.0.0",
        "10.0.0.256",
        "10.0.0.07",
        "1.2.3.4.5",
        "10.0.0.7 ",
        "10.0.0.7, 10.0.0.8",
        "10.0.0.7%eth0",
        "[2001:db8::7]",
        "2001:db8::7::8",
        "1:2:3:4:5:6:7:8:9",
        "a.b::1",
        ":",
        "%",
        "10.0.0.7\nX",
      })
  void isNothingWhereTheTextIsNoAddress(String text) {
    assertEquals(Optional.empty(), Ip.parsePeer(text));
  }

  /** Python's inet_pton and inet_ntop. */
  @Test
  void keepsAMappedAddressApartFromTheOneThatIsMapped() {
    Ip mapped = Ip.parse("::FFFF:10.0.0.7").orElseThrow();
    assertEquals("::ffff:10.0.0.7", mapped.toString());
    assertNotEquals(Ip.parse("10.0.0.7"), Optional.of(mapped));
    assertEquals(Optional.of(mapped), Ip.parse(mapped.toString()));
  }

  /** netaddr 0.8's IPAddress. */
  @ParameterizedTest
  @CsvSource({"10.5, 10.0.0.5", "0x0a.1, 10.0.0.1", "012.0.0.1, 10.0.0.1", "1, 0.0.0.1"})
  void isReadLeniently(String text, String printed) {
    assertEquals(Optional.empty(), Ip.parse(text));
    assertEquals(Optional.of(printed), Ip.parseAsNetaddr(text).map(Ip::toString));
  }

  @Test
  void leavesAScopeOut() throws Exception {
    InetAddress scoped = InetAddress.getByName("fe80::7%1");
    assertEquals("fe80::7", Ip.of(scoped).toString());
  }
}
