// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.identity;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.novacompat.metadata.cache.SingleFlightCache;
import org.novacompat.metadata.instance.AddressBook;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.python.Ip;

/** Which guests have an address, as nova's own database knows it. */
public final class InstanceAddressBook implements RemoteAddress.Book {
  private final AddressBook book;
  private final SingleFlightCache<Ip, List<Caller.Guest>> guests;

  /**
   * Asks a book.
   *
   * @param book which instances have an address
   * @param expiry how long it is believed that an instance has an address
   */
  public InstanceAddressBook(AddressBook book, Duration expiry) {
    this.book = book;
    this.guests = new SingleFlightCache<>(expiry, all -> all.size() == 1);
  }

  @Override
  public List<Caller.Guest> guestsWith(Ip address) throws StoreUnavailableException {
    return guests.get(address, this::ask);
  }

  private List<Caller.Guest> ask(Ip address) throws StoreUnavailableException {
    return book.instancesWith(address).stream()
        .map(
            instance ->
                new Caller.Guest(instance, Optional.empty(), Optional.of(address.toString())))
        .toList();
  }
}
