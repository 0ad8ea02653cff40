// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.novacompat.metadata.instance.AddressBook;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.python.Ip;

/**
 * Who has an address, by an index of the cells' network information caches that one daemon thread
 * fills and keeps fresh. No statement passes over more than a batch of rows, and Neutron is not
 * asked.
 *
 * <p>A hit is looked at again before it is believed, where it was not read just now. A miss has
 * what is new read first, at most once a second; it is only certain when every cell is read and
 * there.
 */
final class CellAddressBook implements AddressBook, AutoCloseable {
  private static final long CLOSE_PATIENCE_MILLIS = 5_000;

  private final AddressRows rows;
  private final AddressBookSettings settings;
  private final LongSupplier clock;
  private final Map<String, CellAddresses> cells = new ConcurrentHashMap<>();
  private final Outage cellsOutage =
      new Outage(
          "Addresses are not kept up to date: the cells cannot be listed",
          "The cells whose addresses are kept can be listed again");
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread daemon = new Thread(this::keep, "address-book");
  private final CountDownLatch walked = new CountDownLatch(1);
  private volatile boolean cellsKnown;

  private CellAddressBook(AddressRows rows, AddressBookSettings settings) {
    long origin = System.nanoTime();
    this.rows = rows;
    this.settings = settings;
    this.clock = () -> System.nanoTime() - origin;
  }

  /**
   * Opens the book of a nova database and begins to fill it.
   *
   * @param database the database
   * @return the book; close it before the database
   */
  static CellAddressBook open(NovaDatabase database) {
    return open(new JdbcAddressRows(database::connections), AddressBookSettings.DEFAULTS);
  }

  /** Opens the book and begins to fill it. */
  static CellAddressBook open(AddressRows rows, AddressBookSettings settings) {
    CellAddressBook book = new CellAddressBook(rows, settings);
    book.daemon.setDaemon(true);
    book.daemon.start();
    return book;
  }

  /**
   * Waits until every cell's table was read to its end once.
   *
   * @return false when that took longer
   */
  boolean awaitFirstWalk(Duration patience) throws InterruptedException {
    return walked.await(patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public List<String> instancesWith(Ip address) throws StoreUnavailableException {
    Address wanted = Address.of(address);
    Deadline deadline = Deadline.forGuest();
    try {
      List<String> found = find(wanted, deadline);
      if (!found.isEmpty()) {
        return found;
      }
      boolean certain = catchUp(deadline);
      found = find(wanted, deadline);
      if (found.isEmpty() && !certain) {
        throw new StoreUnavailableException("not all addresses are known now", uncertainty());
      }
      return found;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("interrupted while asking who has an address", e);
    }
  }

  /** An instance that is moving between cells is in both, and counts once. */
  private List<String> find(Address address, Deadline deadline) throws InterruptedException {
    Set<String> found = new LinkedHashSet<>();
    for (CellAddresses cell : cells.values()) {
      found.addAll(cell.instancesWith(address, deadline));
    }
    return List.copyOf(found);
  }

  private boolean catchUp(Deadline deadline) throws InterruptedException {
    boolean certain = cellsKnown;
    for (CellAddresses cell : cells.values()) {
      certain &= cell.catchUp(deadline);
    }
    return certain;
  }

  private Exception uncertainty() {
    return cells.values().stream()
        .map(CellAddresses::away)
        .flatMap(Optional::stream)
        .findAny()
        .or(cellsOutage::cause)
        .orElseGet(() -> new TimeoutException("the addresses are still being read"));
  }

  private void keep() {
    try {
      boolean more;
      do {
        findCells();
        more = false;
        for (CellAddresses cell : cells.values()) {
          more |= cell.turn();
        }
        if (cellsKnown && cells.values().stream().allMatch(CellAddresses::isComplete)) {
          walked.countDown();
        }
      } while (!closed.await(more ? 0 : settings.refresh().toNanos(), TimeUnit.NANOSECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void findCells() {
    try {
      Set<String> known = rows.cells(Patience.BACKGROUND);
      cells.keySet().retainAll(known);
      for (String cell : known) {
        cells.computeIfAbsent(cell, name -> new CellAddresses(rows, name, clock, settings));
      }
      cellsKnown = true;
      cellsOutage.over();
    } catch (SQLException | RuntimeException e) {
      cellsOutage.failed(e, clock.getAsLong());
    }
  }

  /** Ends the daemon thread; what is known stays and ages. */
  @Override
  public void close() {
    closed.countDown();
    try {
      daemon.join(CLOSE_PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
