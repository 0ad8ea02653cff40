// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.novacompat.metadata.nova.AddressIndex.Entry;

/**
 * The addresses of one cell's instances. While the cell is away they stay as they were last read.
 * Safe for several threads; only {@link #turn} tries a cell that was away.
 */
final class CellAddresses {
  /** How many requests may read a row again at a time, lest a slow cell hold them all. */
  private static final int READERS = 8;

  private static final long READER_PATIENCE_MILLIS = 100;
  private static final long CATCH_UP_PATIENCE_MILLIS = 1_000;
  private static final long BETWEEN_CATCH_UPS = TimeUnit.SECONDS.toNanos(1);

  private final AddressRows rows;
  private final String cell;
  private final LongSupplier clock;
  private final AddressBookSettings settings;
  private final Outage outage;
  private final AddressIndex index = new AddressIndex();
  private final IndexedRows indexed;
  private final CellWalk walk;
  private final ReentrantLock following = new ReentrantLock();
  private final Semaphore readers = new Semaphore(READERS);
  private Optional<CellNews> news = Optional.empty();
  private OptionalLong caughtUpAt = OptionalLong.empty();
  private long refreshedAt;
  private volatile boolean complete;

  CellAddresses(AddressRows rows, String cell, LongSupplier clock, AddressBookSettings settings) {
    this.rows = rows;
    this.cell = cell;
    this.clock = clock;
    this.settings = settings;
    this.outage =
        new Outage(
            "Addresses are not kept up to date: " + cell + " cannot be read",
            "Addresses are kept up to date again: " + cell + " can be read");
    this.indexed = new IndexedRows(rows, cell, index, clock);
    this.walk = new CellWalk(indexed, index, clock, settings);
  }

  /** Why the cell is away; empty when it is not. */
  Optional<Exception> away() {
    return outage.cause();
  }

  /** Whether the table was read to its end once. */
  boolean isComplete() {
    return complete;
  }

  /**
   * Does what is to be done by now; the daemon's part.
   *
   * @return whether there is more to do at once: the first walk is under way
   */
  boolean turn() {
    following.lock();
    try {
      follow();
      outage.over();
      return !complete;
    } catch (SQLException | RuntimeException e) {
      outage.failed(e, clock.getAsLong());
      return false;
    } finally {
      following.unlock();
    }
  }

  private void follow() throws SQLException {
    long now = clock.getAsLong();
    if (news.isEmpty()) {
      news = Optional.of(new CellNews(rows, cell, indexed, clock, settings));
      refreshedAt = now;
    }
    if (now - refreshedAt >= settings.refresh().toNanos()) {
      refreshedAt = now;
      news.get().refresh();
      if (complete) {
        walk.proceed();
      }
    }
    if (!complete) {
      complete = walk.step();
    }
  }

  /**
   * Reads what is new, at most once a second; who comes meanwhile waits for it.
   *
   * @return whether all is known: no instance is missing that nova told of
   */
  boolean catchUp(Deadline deadline) throws InterruptedException {
    long patience = Math.min(CATCH_UP_PATIENCE_MILLIS, deadline.leftMillis());
    if (!complete || away().isPresent() || !following.tryLock(patience, TimeUnit.MILLISECONDS)) {
      return false;
    }
    try {
      long now = clock.getAsLong();
      if (caughtUpAt.isEmpty() || now - caughtUpAt.getAsLong() >= BETWEEN_CATCH_UPS) {
        news.orElseThrow().catchUp(deadline);
        caughtUpAt = OptionalLong.of(now);
      }
      return true;
    } catch (SQLException | RuntimeException e) {
      failed(e);
      return false;
    } finally {
      following.unlock();
    }
  }

  /** That a guest may not wait is no outage. */
  private void failed(Exception why) {
    boolean isForWantOfTime =
        why instanceof SQLException e && CellPool.OUT_OF_TIME.equals(e.getSQLState());
    if (!isForWantOfTime) {
      outage.failed(why, clock.getAsLong());
    }
  }

  /** The instances with an address, looked at again where that was long ago. */
  List<String> instancesWith(Address address, Deadline deadline) throws InterruptedException {
    List<Entry> found = index.find(address);
    long oldest = clock.getAsLong() - settings.refresh().toNanos();
    List<String> old = new ArrayList<>();
    for (Entry entry : found) {
      if (entry.readAt() < oldest) {
        old.add(entry.instance().toString());
      }
    }
    List<Entry> now = !old.isEmpty() && readAgain(old, deadline) ? index.find(address) : found;
    return now.stream().map(entry -> entry.instance().toString()).toList();
  }

  private boolean readAgain(List<String> instances, Deadline deadline) throws InterruptedException {
    if (away().isPresent() || !readers.tryAcquire(READER_PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
      return false;
    }
    try {
      indexed.readAgain(instances, deadline);
      return true;
    } catch (SQLException | RuntimeException e) {
      failed(e);
      return false;
    } finally {
      readers.release();
    }
  }
}
