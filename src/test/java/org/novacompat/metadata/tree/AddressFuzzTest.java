// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.novacompat.metadata.PythonOracle;
import org.novacompat.metadata.instance.AddressText;

/** A text is the address or the range that it is to netaddr, or none. */
class AddressFuzzTest {
  /** Of other characters netaddr takes what {@code int()} does: blanks, signs, underscores. */
  private static final Pattern PLAIN = Pattern.compile("[\\p{XDigit}:./]*");

  @FuzzTest
  void isReadAsNetaddrReadsIt(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    IpText.parseV4(text).ifPresent(address -> assertPrinted(address, IpText.V4_BITS));
    IpText.parseV6(text).ifPresent(address -> assertPrinted(address, IpText.V6_BITS));
    AddressText.parse(text)
        .map(AddressText::of)
        .ifPresent(
            printed ->
                assertEquals(
                    Optional.of(printed), AddressText.parse(printed).map(AddressText::of)));
    Optional.of(text)
        .filter(PLAIN.asMatchPredicate())
        .flatMap(plain -> PythonOracle.ask("network", plain))
        .ifPresent(
            answer -> assertEquals(answer.text(), Cidr.of(text).map(AddressFuzzTest::shown)));
  }

  private static void assertPrinted(BigInteger address, int width) {
    String printed = IpText.print(address, width);
    assertEquals(Optional.of(address), IpText.parse(printed, width));
  }

  private static String shown(Cidr cidr) {
    return String.join(
        " ",
        cidr.width() == IpText.V4_BITS ? "4" : "6",
        cidr.ip(),
        cidr.network(),
        cidr.netmask(),
        cidr.broadcast().orElse("None"));
  }
}
