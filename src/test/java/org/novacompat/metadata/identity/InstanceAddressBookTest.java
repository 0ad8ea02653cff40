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

class InstanceAddressBookTest {
  private static final Duration AT_ONCE = Duration.ofNanos(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final String TEXT = "10.0.0.7";
  private static final Ip ADDRESS = Ip.parse(TEXT).orElseThrow();

  private Optional<List<String>> written = Optional.of(List.of("one"));

  @Test
  void givesTheLastSingleAnswerWhileTheBookCannotBeAsked() throws Exception {
    InstanceAddressBook book = book(AT_ONCE, HOUR);
    assertEquals(guests("one"), book.guestsWith(ADDRESS));
    written = Optional.empty();
    assertEquals(guests("one"), book.guestsWith(ADDRESS));
    assertRefused(book, Ip.parse("10.0.0.8").orElseThrow());
    written = Optional.of(List.of("two"));
    assertEquals(guests("two"), book.guestsWith(ADDRESS));
  }

  @Test
  void forgetsItWhenTheAddressIsShared() throws Exception {
    InstanceAddressBook book = book(AT_ONCE, HOUR);
    book.guestsWith(ADDRESS);
    written = Optional.of(List.of("one", "two"));
    assertEquals(guests("one", "two"), book.guestsWith(ADDRESS));
    written = Optional.empty();
    assertRefused(book, ADDRESS);
  }

  @Test
  void givesNoneWhereNothingIsToBeServedStale() throws Exception {
    for (InstanceAddressBook book :
        List.of(book(AT_ONCE, Duration.ZERO), book(Duration.ZERO, HOUR))) {
      written = Optional.of(List.of("one"));
      book.guestsWith(ADDRESS);
      written = Optional.empty();
      assertRefused(book, ADDRESS);
    }
  }

  private InstanceAddressBook book(Duration expiry, Duration serveStale) {
    return new InstanceAddressBook(this::lookUp, expiry, serveStale);
  }

  private List<String> lookUp(Ip address) throws StoreUnavailableException {
    return written.orElseThrow(
        () -> new StoreUnavailableException("away", new IllegalStateException("away")));
  }

  private static List<Caller.Guest> guests(String... instances) {
    return List.of(instances).stream()
        .map(instance -> new Caller.Guest(instance, Optional.empty(), Optional.of(TEXT)))
        .toList();
  }

  private static void assertRefused(InstanceAddressBook book, Ip address) {
    assertThrows(StoreUnavailableException.class, () -> book.guestsWith(address));
  }
}
