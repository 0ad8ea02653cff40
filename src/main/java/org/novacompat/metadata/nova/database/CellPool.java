// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova.database;

import com.zaxxer.hikari.HikariDataSource;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.novacompat.metadata.config.DatabaseUrl;
import org.novacompat.metadata.instance.StoreUnavailableException;

/**
 * The connections to one database, opened when they are first needed, and whether it is
 * unavailable.
 *
 * <p>A database that stops answering delays no request beyond its deadline, and only those that
 * came when that was not yet known: from the first connection that is lost, that no server answers
 * on in time, or that cannot be opened while there is no other, all are refused at once ({@link
 * DatabaseUnavailableException}). Meanwhile a thread of its own tries a new connection, at first at
 * once and then twice a second, and lets all in again when that gets an answer; no guest waits for
 * it. While it may be that one connection alone was lost, requests wait for the first try's
 * outcome, so that a wrong suspicion costs milliseconds. The old connections are given up, because
 * it is not known which of them are dead.
 *
 * <p>Another thread tries with the times of {@link Pace#SLOW}. If that alone gets an answer, the
 * database counts as slow rather than unavailable, until one at the usual pace gets an answer, too.
 *
 * <p>A server that refuses a statement is available; one that refuses a connection is not, such as
 * for a wrong password or too many connections, unless older connections still serve.
 */
final class CellPool implements AutoCloseable {
  /** There was room for a new connection, but none in time. */
  private static final String NO_CONNECTION = "no connection in time";

  /** Connector/J's own ping would be waited for in whole seconds. */
  private static final String PING = "SELECT 1";

  /** How many questions a slow database is asked at the same time. */
  static final int MAX_SLOW_QUESTIONS = 32;

  private static final Logger LOG = Logger.getLogger(CellPool.class.getName());

  /** HikariCP's line for each dead connection would hide the one that tells of the outage. */
  private static final Logger POOL_LOG = Logger.getLogger("com.zaxxer.hikari");

  static {
    POOL_LOG.setLevel(Level.SEVERE);
  }

  private final Cell cell;
  private final DatabaseUrl url;
  private final PoolSettings settings;
  private final Outage outage;
  private final Map<Pace, PoolSource> sources = new EnumMap<>(Pace.class);
  private final String name;
  private volatile Lane lane;
  private final Semaphore slowQuestions = new Semaphore(MAX_SLOW_QUESTIONS);
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile SuspicionWindow suspicion = new SuspicionWindow(new CountDownLatch(0), 0);

  /** What is asked over a connection, by a deadline. */
  @FunctionalInterface
  interface Question<T, E extends Exception> {
    T ask(Connection connection, Deadline deadline) throws SQLException, E;
  }

  /** The connections at one pace. */
  private record Lane(Pace pace, HikariDataSource pool) {
    int size() {
      return pool.isRunning() ? pool.getHikariPoolMXBean().getTotalConnections() : 0;
    }

    /** Idle connections are closed now, those in use when they are given back. */
    void evict() {
      Optional.ofNullable(pool.getHikariPoolMXBean())
          .ifPresent(connections -> connections.softEvictConnections());
    }
  }

  /** Until when, or until which event, it is not certain that the database is unavailable. */
  private record SuspicionWindow(CountDownLatch tried, long until) {
    static SuspicionWindow lasting(Duration time) {
      return new SuspicionWindow(new CountDownLatch(1), System.nanoTime() + time.toNanos());
    }

    void await() {
      try {
        tried.await(until - System.nanoTime(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Opens no connection yet.
   *
   * @param cell whose database it is
   * @param url where the database is
   * @param settings how connections are pooled
   * @throws SQLException when the driver does not take the URL
   */
  CellPool(Cell cell, DatabaseUrl url, PoolSettings settings) throws SQLException {
    this.cell = cell;
    this.url = url;
    this.settings = settings;
    this.name = cell.label() + ", " + url;
    this.outage = new Outage(name + ", does not answer", name + ", answers again");
    for (Pace pace : Pace.values()) {
      sources.put(pace, new PoolSource(url, settings.connection(), pace, this::cannotConnect));
    }
    this.lane = new Lane(Pace.QUICK, pool(Pace.QUICK));
    url.warnings().forEach(warning -> LOG.log(Level.WARNING, cell.label() + ": " + warning));
  }

  /** Whether this pool leads there. */
  boolean leadsTo(DatabaseUrl other) {
    return url.equals(other);
  }

  /** Why the database is unavailable; empty where it is not known to be. */
  Optional<Exception> unavailable() {
    return outage.cause();
  }

  /** Whether the database takes longer to answer than a guest may wait. */
  boolean isSlow() {
    return lane.pace == Pace.SLOW;
  }

  /**
   * Asks the database, and gives up at the deadline; a slow one has its own time, and the
   * deadline's {@link WhenSlow} learns of it once the question has a place.
   *
   * @throws DatabaseUnavailableException when the database does not answer
   * @throws SQLException when it refuses, or no connection is free in time
   * @throws StoreUnavailableException when a slow database is not to be asked
   * @throws E when the question fails otherwise
   */
  <T, E extends Exception> T ask(Deadline deadline, Question<T, E> question)
      throws SQLException, StoreUnavailableException, E {
    if (!isSlow()) {
      return answer(deadline, question);
    }
    if (!slowQuestions.tryAcquire()) {
      throw new SQLTransientException(
          "it is slow, and is already asked as many questions as may be",
          SqlFailure.OUT_OF_TIME_STATE);
    }
    try {
      deadline.whenSlow().before(cell);
      return answer(Deadline.in(TimeBudget.SLOW_ANSWER), question);
    } finally {
      slowQuestions.release();
    }
  }

  private <T, E extends Exception> T answer(Deadline deadline, Question<T, E> question)
      throws SQLException, E {
    long start = System.nanoTime();
    try (Connection connection = connect(deadline)) {
      connection.setNetworkTimeout(Runnable::run, deadline.leftMillis());
      return question.ask(connection, deadline);
    } catch (SQLException e) {
      throw judged(e, Duration.ofNanos(System.nanoTime() - start));
    }
  }

  /**
   * Borrows a connection that answered just now or half a second ago. While all are in use, it
   * waits for {@code pool_timeout} at most.
   */
  Connection connect(Deadline deadline) throws SQLException {
    long start = System.nanoTime();
    while (true) {
      refuseWhileUnavailable();
      Lane at = lane;
      try {
        return at.pool.getConnection();
      } catch (SQLTransientConnectionException e) {
        refuseWhileUnavailable();
        if (isFull() && (deadline.isOver() || isPoolTimeoutOver(start))) {
          throw new SQLTransientConnectionException(
              "all " + settings.limit() + " connections are in use",
              SqlFailure.OUT_OF_TIME_STATE,
              e);
        }
        if (deadline.isOver() && !isFirstOnItsWay(at, deadline)) {
          String state = at.pace == Pace.SLOW ? SqlFailure.OUT_OF_TIME_STATE : "08001";
          throw sources
              .get(at.pace)
              .refusedSince(start)
              .map(CellPool::refused)
              .orElseGet(() -> new SQLTransientConnectionException(NO_CONNECTION, state, e));
        }
      }
    }
  }

  private boolean isFirstOnItsWay(Lane at, Deadline deadline) {
    return at.pace == Pace.QUICK
        && at.size() == 0
        && sources.get(at.pace).isConnecting()
        && !deadline.isOverSince(TimeBudget.FIRST_CONNECTION);
  }

  /**
   * Learns that a question failed after a time. A lost connection makes the whole database suspect;
   * not so where a slow one was given up before it had its time.
   */
  private SQLException judged(SQLException failure, Duration time) {
    boolean isClosed = closed.getCount() == 0;
    boolean isLoss = SqlFailure.of(failure) == SqlFailure.CONNECTION_LOST;
    if (failure instanceof DatabaseUnavailableException || !isLoss || isClosed) {
      return failure;
    }
    if (isSlow() && isTimeout(failure) && time.compareTo(TimeBudget.MIN_SLOW_ANSWER) < 0) {
      return refused(failure);
    }
    suspect(failure, TimeBudget.SUSPICION);
    return DatabaseUnavailableException.lost(failure);
  }

  private static boolean isTimeout(SQLException failure) {
    return Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
        .anyMatch(SocketTimeoutException.class::isInstance);
  }

  @Override
  public void close() {
    closed.countDown();
    lane.pool.close();
  }

  private void refuseWhileUnavailable() throws DatabaseUnavailableException {
    if (outage.cause().isPresent()) {
      suspicion.await();
    }
    Optional<Exception> cause = outage.cause();
    if (cause.isPresent()) {
      throw DatabaseUnavailableException.known(cause.get());
    }
  }

  private void cannotConnect(SQLException why) {
    if (lane.size() == 0) {
      suspect(why, Duration.ZERO);
    }
  }

  /** A failure after which others go on to ask. */
  private static SQLException refused(SQLException why) {
    return new SQLTransientConnectionException(why.getMessage(), SqlFailure.OUT_OF_TIME_STATE, why);
  }

  private synchronized void suspect(SQLException why, Duration inDoubt) {
    if (outage.cause().isEmpty()) {
      suspicion = SuspicionWindow.lasting(inDoubt);
    }
    if (outage.failed(why, System.nanoTime())) {
      lane.evict();
      SuspicionWindow mine = suspicion;
      run("probing ", () -> probe(Pace.QUICK, mine));
    }
  }

  private interface Work {
    void run() throws InterruptedException;
  }

  private void run(String what, Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            what + cell.label());
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Tries until there is an answer at this pace or at the other, which is tried when this fails.
   */
  private void probe(Pace pace, SuspicionWindow first) throws InterruptedException {
    do {
      try {
        sources.get(pace).probe(cell);
        back(first, pace == Pace.QUICK || isQuick() ? Pace.QUICK : Pace.SLOW);
      } catch (SQLException | RuntimeException e) { // what answers there may be no database
        if (pace == Pace.QUICK) {
          failed(first, e);
        }
      }
    } while (isUnavailable(first) && !isClosedAfter(TimeBudget.BETWEEN_PROBES));
  }

  /** A database that was merely frozen answers at any pace. */
  private boolean isQuick() {
    try {
      sources.get(Pace.QUICK).probe(cell);
      return true;
    } catch (SQLException | RuntimeException e) {
      return false;
    }
  }

  private synchronized void failed(SuspicionWindow first, Exception why) {
    if (isUnavailable(first)) {
      outage.failed(why, System.nanoTime());
    }
    if (first.tried.getCount() > 0) {
      first.tried.countDown();
      run("probing slowly ", () -> probe(Pace.SLOW, first));
    }
  }

  private synchronized void back(SuspicionWindow first, Pace pace) {
    if (isUnavailable(first)) {
      use(pace);
      outage.over();
    }
    first.tried.countDown();
  }

  /** Whether it is still the same outage. */
  private synchronized boolean isUnavailable(SuspicionWindow first) {
    return suspicion == first && outage.cause().isPresent();
  }

  private boolean isClosedAfter(Duration pause) throws InterruptedException {
    return closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** What is being asked over the old connections may be answered. */
  private synchronized void use(Pace pace) {
    Lane old = lane;
    if (old.pace == pace || closed.getCount() == 0) {
      return;
    }
    Lane now = new Lane(pace, pool(pace));
    lane = now;
    old.evict();
    run(
        "closing ",
        () -> {
          isClosedAfter(TimeBudget.SLOW_ANSWER);
          old.pool.close();
        });
    if (pace == Pace.SLOW) {
      LOG.log(
          Level.WARNING,
          "{0}, answers too late for guests: instances are loaded in the background, and shown to"
              + " guests that ask again",
          name);
      run("timing ", () -> awaitQuick(now));
    } else {
      LOG.log(Level.INFO, "{0}, answers in time again", name);
    }
  }

  private void awaitQuick(Lane slow) throws InterruptedException {
    while (lane == slow && !isClosedAfter(TimeBudget.BETWEEN_QUICK_PROBES)) {
      if (lane == slow && outage.cause().isEmpty() && isQuick()) {
        use(Pace.QUICK);
      }
    }
  }

  private boolean isFull() {
    return lane.size() >= settings.limit();
  }

  private boolean isPoolTimeoutOver(long start) {
    return System.nanoTime() - start > settings.poolTimeout().toNanos();
  }

  private HikariDataSource pool(Pace pace) {
    HikariDataSource lazy = new HikariDataSource();
    lazy.setPoolName(cell.label());
    lazy.setDataSource(sources.get(pace));
    lazy.setInitializationFailTimeout(-1);
    lazy.setConnectionTimeout(pace.slice.toMillis());
    lazy.setConnectionTestQuery(PING);
    lazy.setValidationTimeout(pace.ping.toMillis());
    lazy.setMaximumPoolSize(settings.limit());
    lazy.setMinimumIdle(pace == Pace.SLOW ? 1 : 0);
    lazy.setIdleTimeout(TimeBudget.IDLE_CONNECTION.toMillis());
    lazy.setMaxLifetime(life().toMillis());
    lazy.setKeepaliveTime(0);
    return lazy;
  }

  /** Zero means never to HikariCP. */
  private Duration life() {
    Duration recycle = settings.recycle();
    if (recycle.isNegative()) {
      return Duration.ZERO;
    }
    return recycle.compareTo(TimeBudget.MIN_CONNECTION_LIFE) < 0
        ? TimeBudget.MIN_CONNECTION_LIFE
        : recycle;
  }
}
