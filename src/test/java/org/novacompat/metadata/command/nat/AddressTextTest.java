// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.nat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTextTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "2001:0DB8:0:0:0:0:0:10, 2001:db8::10",
    "2001:db8:0:1:0:0:0:1, 2001:db8:0:1::1",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:db8:10:0:0:100:0:20, 2001:db8:10::100:0:20",
    "2001:db8::, 2001:db8::",
    "::1, ::1",
  })
  void printsAsTheBackEndsDo(String text, String printed) {
    assertEquals(printed, AddressText.print(AddressText.parse(text).orElseThrow()));
  }
}
