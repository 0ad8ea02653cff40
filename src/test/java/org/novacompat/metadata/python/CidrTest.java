// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.python;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expected values are those of netaddr 0.8. */
class CidrTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/24, 10.0.0.0, 10.0.0.0, 255.255.255.0, 10.0.0.255",
    "10.0.0.7/20, 10.0.0.7, 10.0.0.0, 255.255.240.0, 10.0.15.255",
    "10.1.2.3/31, 10.1.2.3, 10.1.2.2, 255.255.255.254, None",
    "10.9.9.9, 10.9.9.9, 10.9.9.9, 255.255.255.255, None",
    "0.0.0.0/0, 0.0.0.0, 0.0.0.0, 0.0.0.0, 255.255.255.255",
    "192.168.1.0/255.255.0.0, 192.168.1.0, 192.168.0.0, 255.255.0.0, 192.168.255.255",
    "192.168.1.0/0.0.0.255, 192.168.1.0, 192.168.1.0, 255.255.255.0, 192.168.1.255",
    "105.105.55.00000000000000000009, 105.105.55.9, 105.105.55.9, 255.255.255.255, None",
    "10.1/16, 10.1.0.0, 10.1.0.0, 255.255.0.0, 10.1.255.255",
    "2001:db8::5/56, 2001:db8::5, 2001:db8::, ffff:ffff:ffff:ff00::,"
        + " 2001:db8:0:ff:ffff:ffff:ffff:ffff",
    "::/0, ::, ::, ::, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    "fd00::1/128, fd00::1, fd00::1, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, fd00::1",
    "2001:db8:0:1::/112, 2001:db8:0:1::, 2001:db8:0:1::, ffff:ffff:ffff:ffff:ffff:ffff:ffff:0,"
        + " 2001:db8:0:1::ffff",
    "::ffff:10.0.0.0/120, ::ffff:10.0.0.0, ::ffff:10.0.0.0,"
        + " ffff:ffff:ffff:ffff:ffff:ffff:ffff:ff00, ::ffff:10.0.0.255",
    "1:0:0:2::3/64, 1:0:0:2::3, 1:0:0:2::, ffff:ffff:ffff:ffff::, 1::2:ffff:ffff:ffff:ffff",
  })
  void isUnderstoodAsNetaddrDoes(
      String text, String ip, String network, String netmask, String broadcast) {
    Cidr cidr = Cidr.of(text).orElseThrow();

    assertEquals(ip, cidr.ip());
    assertEquals(network, cidr.network());
    assertEquals(netmask, cidr.netmask());
    assertEquals(broadcast, cidr.broadcast().orElse("None"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/24",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/255.0.255.0",
        "10.0.0.256/24",
        "1.2.3.4.5",
        "::/129",
        "1::2::3",
        ":1::",
        "1:2:3:4:5:6:7:8::",
        "12345::",
        "rubbish"
      })
  void isNothingWhereNetaddrRefuses(String text) {
    assertEquals(Optional.empty(), Cidr.of(text));
  }
}
