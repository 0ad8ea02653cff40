// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.instance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTextTest {
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
  })
  void isWrittenAsTheDatabasesHoldIt(String given, String written) {
    assertEquals(Optional.of(written), AddressText.parse(given).map(AddressText::of));
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
    assertEquals(Optional.empty(), AddressText.parse(text));
  }

  @Test
  void leavesAScopeOut() throws Exception {
    InetAddress scoped = InetAddress.getByName("fe80::7%1");
    assertEquals("fe80::7", AddressText.of(scoped));
  }
}
