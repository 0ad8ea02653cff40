// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.novacompat.metadata.instance.StoreUnavailableException;

class RemoteAddressTest {
  private static final Map<String, List<String>> BOOK =
      Map.of(
          "10.0.0.7",
          List.of("one"),
          "10.0.0.8",
          List.of("two", "three"),
          "fe80::7",
          List.of("six"));

  @Test
  void knowsAGuestByItsAddress() throws Exception {
    assertEquals(
        new Caller.Guest("one", Optional.empty(), Optional.of("10.0.0.7")), identify("10.0.0.7"));
  }

  @Test
  void looksUpALinkLocalAddressWithoutItsZone() throws Exception {
    assertEquals(
        new Caller.Guest("six", Optional.empty(), Optional.of("fe80::7%eth0")),
        identify("fe80::7%eth0"));
  }

  @Test
  void tellsNobodyFromTooMany() throws Exception {
    assertEquals(new Caller.Nobody(), identify("10.0.0.9"));
    assertEquals(new Caller.Ambiguous(), identify("10.0.0.8"));
  }

  private static Caller identify(String address) throws StoreUnavailableException {
    return new RemoteAddress(RemoteAddressTest::lookUp)
        .identify(
            new GuestRequest() {
              @Override
              public List<String> headers(String name) {
                return List.of("10.0.0.7"); // no header may matter
              }

              @Override
              public String remoteAddress() {
                return address;
              }
            });
  }

  private static List<String> lookUp(InetAddress address) {
    String text = address.getHostAddress();
    return BOOK.getOrDefault(text.equals("fe80:0:0:0:0:0:0:7") ? "fe80::7" : text, List.of());
  }
}
