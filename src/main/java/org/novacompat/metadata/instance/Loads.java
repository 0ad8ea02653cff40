// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.instance;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The loads that are under way, at most one for each instance. They run on threads of their own,
 * which come when they are needed and go soon after, so that whoever waits for one can stop
 * waiting.
 *
 * @param <E> what is found
 */
final class Loads<E> implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Loads.class.getName());

  /**
   * The most threads, so many that none is ever wanting: there is one for each guest who waits, of
   * whom a large host answers 2,000 at the same time, and for each load that still hangs.
   */
  private static final int MOST = 8_192;

  /** How many of them may do what nobody waits for. */
  private static final int MOST_IN_BACKGROUND = 8;

  /** With so many overdue loads the store is taken to hang, whatever it is asked for. */
  private static final int MOST_OVERDUE = 32;

  /** After that a load is given up for lost, and another may be tried. */
  private static final Duration LOST = Duration.ofSeconds(10);

  private static final Duration LAST_MOMENT = Duration.ofSeconds(1);
  private static final Duration IDLE = Duration.ofSeconds(10);

  private final Directory<E> directory;
  private final ConcurrentMap<String, Load<E>> underWay = new ConcurrentHashMap<>();
  private final Semaphore background = new Semaphore(MOST_IN_BACKGROUND);
  private final AtomicInteger overdue = new AtomicInteger();
  private final AtomicInteger threadsSoFar = new AtomicInteger();
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          0, MOST, IDLE.toMillis(), TimeUnit.MILLISECONDS, new SynchronousQueue<>(), this::thread);

  /**
   * Whom loads are made for.
   *
   * @param <E> what is found
   */
  interface Directory<E> {
    /** Asks the store; one that takes longer than one waits says so at once. */
    Optional<E> load(String uuid, Optional<E> seen, Consumer<StoreUnavailableException> late)
        throws StoreUnavailableException;

    /** Tells what is kept now. */
    Optional<E> kept(String uuid);

    /** Takes what a load found, in the place of what was kept; nothing when there is none. */
    void replace(String uuid, Optional<E> found);

    /** Hears of a load that goes on for longer than one waits. */
    void overdue(StoreUnavailableException why);

    /** Hears of a load for which the store could not be asked. */
    void failed(Load<E> load, StoreUnavailableException why);

    /** Hears of a load that ended as none should. */
    void broke(Load<E> load, Throwable why);
  }

  Loads(Directory<E> directory) {
    this.directory = directory;
  }

  /**
   * Waits for the load of an instance, which begins if none is under way.
   *
   * @param seen what the caller saw kept
   * @param patience how long after the load's beginning the answer must be there
   * @return what the store has
   * @throws StoreUnavailableException when the store cannot be asked, or does not answer in time
   */
  Optional<E> await(String uuid, Optional<E> seen, Duration patience)
      throws StoreUnavailableException {
    Load<E> load = begunOrNew(uuid, seen);
    try {
      return load.await(patience);
    } catch (TimeoutException e) {
      StoreUnavailableException why =
          new StoreUnavailableException("no answer within " + patience.toMillis() + " ms", e);
      if (load.becomesOverdue()) {
        overdue.incrementAndGet();
        directory.overdue(why);
      }
      throw why;
    }
  }

  /**
   * Begins a load that nobody waits for, unless there are enough of them or one is under way.
   *
   * @return whether it began
   */
  boolean beginInBackground(String uuid, Optional<E> seen) {
    if (underWay.containsKey(uuid) || !background.tryAcquire()) {
      return false;
    }
    Load<E> mine = Load.now(uuid, seen, true);
    boolean isFirst = underWay.putIfAbsent(uuid, mine) == null;
    if (isFirst) {
      begin(mine);
    } else {
      background.release();
    }
    return isFirst;
  }

  /** Whether the store seems to hang. */
  boolean areHanging() {
    return overdue.get() >= MOST_OVERDUE;
  }

  /** Lets a load under way, if there is one, end without effect, and drops what is kept. */
  void forget(String uuid) {
    underWay.compute(
        uuid,
        (key, load) -> {
          directory.replace(key, Optional.empty());
          return null;
        });
  }

  /** Interrupts what is under way, and gives it a moment to end. */
  @Override
  public void close() {
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(LAST_MOMENT.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.log(System.Logger.Level.INFO, "the store still hangs, and is left alone");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Load<E> begunOrNew(String uuid, Optional<E> seen) {
    Load<E> known = underWay.get(uuid);
    if (isAlive(known)) {
      return known;
    }
    Load<E> mine = Load.now(uuid, seen, false);
    Load<E> chosen = underWay.compute(uuid, (key, other) -> isAlive(other) ? other : mine);
    if (chosen == mine) {
      begin(mine);
    }
    return chosen;
  }

  private static boolean isAlive(Load<?> load) {
    return load != null && !load.isOlderThan(LOST);
  }

  /** Another load may have ended since its beginner looked; then that one's result is taken. */
  private void begin(Load<E> load) {
    Optional<E> kept = directory.kept(load.uuid());
    if (kept.isPresent() && !kept.equals(load.seen())) {
      underWay.remove(load.uuid(), load);
      end(load);
      load.answer().complete(kept);
      return;
    }
    try {
      threads.execute(() -> run(load));
    } catch (RejectedExecutionException e) {
      StoreUnavailableException why =
          new StoreUnavailableException("no thread is left to ask with", e);
      directory.failed(load, why);
      end(load, why);
    }
  }

  private void run(Load<E> load) {
    Optional<E> found;
    try {
      found =
          directory.load(load.uuid(), load.seen(), why -> load.answer().completeExceptionally(why));
    } catch (StoreUnavailableException e) {
      directory.failed(load, e);
      end(load, e);
      return;
    } catch (RuntimeException | Error e) {
      directory.broke(load, e);
      end(load, e);
      return;
    }
    underWay.computeIfPresent(
        load.uuid(), (uuid, current) -> current == load ? replaced(load, found) : current);
    end(load);
    load.answer().complete(found);
  }

  /** Within the map's computation, so that forgetting comes wholly before or wholly after. */
  private Load<E> replaced(Load<E> load, Optional<E> found) {
    directory.replace(load.uuid(), found);
    return null;
  }

  private void end(Load<E> load, Throwable why) {
    underWay.remove(load.uuid(), load);
    end(load);
    load.answer().completeExceptionally(why);
  }

  private void end(Load<E> load) {
    if (load.endsOverdue()) {
      overdue.decrementAndGet();
    }
    if (load.isInBackground()) {
      background.release();
    }
  }

  private Thread thread(Runnable task) {
    Thread thread = new Thread(task, "instance-loader-" + threadsSoFar.incrementAndGet());
    thread.setDaemon(true);
    thread.setContextClassLoader(Loads.class.getClassLoader());
    return thread;
  }
}
