// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.novacompat.metadata.cache.SingleFlightCache;
import org.novacompat.metadata.instance.AddressBook;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.python.Ip;

/**
 * Which guests have an address, as nova's own database knows it. While the database cannot be
 * asked, an address still stands for the only guest that it had.
 */
public final class InstanceAddressBook implements RemoteAddress.Book {
  private static final int MAX_LAST = 200_000;

  private final AddressBook book;
  private final SingleFlightCache<Ip, List<Caller.Guest>> guests;
  private final Cache<Ip, List<Caller.Guest>> last;

  /**
   * Asks a book.
   *
   * @param book which instances have an address
   * @param expiry how long it is believed that an instance has an address
   * @param serveStale for how much longer while the book cannot be asked; never with an expiry of
   *     zero
   */
  public InstanceAddressBook(AddressBook book, Duration expiry, Duration serveStale) {
    this.book = book;
    this.guests = new SingleFlightCache<>(expiry, all -> all.size() == 1);
    this.last =
        Caffeine.newBuilder()
            .maximumSize(MAX_LAST)
            .expireAfterWrite(expiry.isZero() ? Duration.ZERO : expiry.plus(serveStale))
            .executor(Runnable::run)
            .build();
  }

  @Override
  public List<Caller.Guest> guestsWith(Ip address) throws StoreUnavailableException {
    try {
      return guests.get(address, this::ask);
    } catch (StoreUnavailableException e) {
      List<Caller.Guest> known = last.getIfPresent(address);
      if (known == null) {
        throw e;
      }
      return known;
    }
  }

  private List<Caller.Guest> ask(Ip address) throws StoreUnavailableException {
    List<Caller.Guest> found =
        book.instancesWith(address).stream()
            .map(
                instance ->
                    new Caller.Guest(instance, Optional.empty(), Optional.of(address.toString())))
            .toList();
    if (found.size() == 1) {
      last.put(address, found);
    } else {
      last.invalidate(address);
    }
    return found;
  }
}
