// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.python.Ip;

class PortAddressBookTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private final Cloud cloud = new Cloud();

  @Test
  void asksInTheSpellingThatNeutronKeeps() throws Exception {
    cloud.port("2001:db8::7", "seven", "p");
    assertEquals(List.of("seven"), instances(book(MINUTE), at("2001:0db8:0:0:0:0:0:7")));
    assertEquals(List.of("2001:db8::7"), cloud.asked());
  }

  @Test
  void countsAPortAndNoPortOfNobodys() throws Exception {
    cloud.port("10.0.0.7", "", "p").port("10.0.0.7", "one", "p").port("10.0.0.7", "one", "p");
    assertEquals(List.of("one", "one"), instances(book(MINUTE), at("10.0.0.7")));
    assertEquals(List.of(), instances(book(MINUTE), at("10.0.0.8")));
  }

  @Test
  void remembersTheOnePortThatItFoundAndNothingElse() throws Exception {
    PortAddressBook book = book(MINUTE);
    cloud.port("10.0.0.8", "two", "p").port("10.0.0.8", "three", "p");
    instances(book, at("10.0.0.8"));
    instances(book, at("10.0.0.8"));
    instances(book, at("10.0.0.7"));
    cloud.port("10.0.0.7", "one", "p");
    instances(book, at("10.0.0.7"));
    assertEquals(List.of("one"), instances(book, at("10.0.0.7")));
    assertEquals(List.of("10.0.0.8", "10.0.0.8", "10.0.0.7", "10.0.0.7"), cloud.asked());
  }

  @Test
  void aPortSpeaksForInstancesOfItsProjectAlone() throws Exception {
    cloud.port("10.0.0.7", "one", "project");
    assertEquals(
        List.of(new Caller.Guest("one", Optional.of("project"), Optional.of("10.0.0.7"))),
        book(MINUTE).guestsWith(at("10.0.0.7")));
  }

  @Test
  void remembersNothingWithoutAnExpiry() throws Exception {
    PortAddressBook book = book(Duration.ZERO);
    cloud.port("10.0.0.7", "one", "p");
    instances(book, at("10.0.0.7"));
    instances(book, at("10.0.0.7"));
    assertEquals(2, cloud.asked().size());
  }

  @Test
  void cannotTellWhileNeutronIsAway() {
    cloud.failingAtPorts();
    assertThrows(StoreUnavailableException.class, () -> book(MINUTE).guestsWith(at("10.0.0.7")));
  }

  private PortAddressBook book(Duration expiry) {
    return new PortAddressBook(cloud, expiry);
  }

  private static List<String> instances(PortAddressBook book, Ip address)
      throws StoreUnavailableException {
    return book.guestsWith(address).stream().map(Caller.Guest::instance).toList();
  }

  private static Ip at(String address) {
    return Ip.parse(address).orElseThrow();
  }
}
