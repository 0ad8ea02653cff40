// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.python;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.novacompat.metadata.fixture.PythonOracle;

/** A text is the address or the range that it is to netaddr, or none. */
class AddressFuzzTest {
  /** Of other characters netaddr takes what {@code int()} does: blanks, signs, underscores. */
  private static final Pattern PLAIN = Pattern.compile("[\\p{XDigit}:./]*");

  @FuzzTest
  void isReadAsNetaddrReadsIt(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    Ip.parse(text).ifPresent(AddressFuzzTest::assertPrinted);
    Ip.parsePeer(text).ifPresent(AddressFuzzTest::assertPrinted);
    Optional.of(text)
        .filter(PLAIN.asMatchPredicate())
        .flatMap(plain -> PythonOracle.ask("network", plain))
        .ifPresent(
            answer -> assertEquals(answer.text(), Cidr.of(text).map(AddressFuzzTest::shown)));
  }

  private static void assertPrinted(Ip address) {
    assertEquals(Optional.of(address), Ip.parse(address.toString()));
    assertEquals(address.toInetAddress(), Ip.of(address.toInetAddress()).toInetAddress());
  }

  private static String shown(Cidr cidr) {
    return String.join(
        " ",
        cidr.address().isV4() ? "4" : "6",
        cidr.ip(),
        cidr.network(),
        cidr.netmask(),
        cidr.broadcast().orElse("None"));
  }
}
