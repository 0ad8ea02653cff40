// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import com.zaxxer.hikari.HikariDataSource;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.novacompat.metadata.config.DatabaseUrl;

/**
 * The connections to one database, opened when they are first needed, and whether it is away.
 *
 * <p>A database that stops answering holds nobody for longer than their deadline, and only those
 * who asked when it was not yet known: from the first connection that is lost, that no server
 * answers on in time, or that cannot be opened while there is no other, all are refused at once
 * ({@link AwayException}). Meanwhile a thread of its own tries a new connection, at first at once
 * and then twice a second, and lets all in again when that gets an answer; no guest waits for it.
 * So a suspicion that was wrong costs some milliseconds, and as long as it may well be, because one
 * connection was lost, those who come wait for the first try's outcome. The old connections are
 * given up, for nobody can tell which of them are dead.
 *
 * <p>Another thread tries with the patience of {@link Pace#SLOW}. If that alone gets an answer, the
 * database counts as slow rather than away, until one at the usual pace gets an answer, too.
 *
 * <p>A server that refuses a statement is not away; one that refuses to be connected to is, such as
 * for a wrong password or too many connections, unless older connections serve on.
 */
final class CellPool implements CellConnections.Way, AutoCloseable {
  /** The SQL state of a wait that ended, whatever the database is like. */
  static final String OUT_OF_TIME = "HYT00";

  /** Though there was room for a new connection. */
  private static final String UNHEARD = "no connection in time";

  /** Connector/J's own ping would be waited for in whole seconds. */
  private static final String PING = "SELECT 1";

  /** How long a database that is away is left alone between two tries. */
  private static final Duration BETWEEN_PROBES = Duration.ofMillis(500);

  /** How long one that is slow is left alone before it is tried again at the usual pace. */
  private static final Duration BETWEEN_QUICK_PROBES = Duration.ofSeconds(5);

  /** What a load of a slow database may take. */
  private static final Duration SLOW_ANSWER = Duration.ofSeconds(10);

  /** Who gave up before had less patience than that, but for what a busy machine takes. */
  private static final Duration LEAST_SLOW_ANSWER = SLOW_ANSWER.minusSeconds(1);

  /**
   * How much longer than its deadline a guest waits for a first connection that is being made step
   * by step: a first TLS handshake takes a busy machine that has just been started seconds.
   */
  private static final Duration FIRST_CONNECTION = Duration.ofSeconds(2);

  /** How long those who come wait to learn whether more than one connection was lost. */
  private static final Duration DOUBT = Duration.ofMillis(150);

  /** HikariCP replaces no connection sooner. */
  private static final Duration SHORTEST_LIFE = Duration.ofSeconds(30);

  private static final Duration IDLE_TIMEOUT = Duration.ofMinutes(10);

  private static final Logger LOG = Logger.getLogger(CellPool.class.getName());

  /** Its line for each dead connection would drown the one that says what is the matter. */
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
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Doubt doubt = new Doubt(new CountDownLatch(0), 0);

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

  /** Until when, or until which event, it is not sure that the database is away. */
  private record Doubt(CountDownLatch tried, long until) {
    static Doubt lasting(Duration time) {
      return new Doubt(new CountDownLatch(1), System.nanoTime() + time.toNanos());
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
   * Connects to nothing yet.
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

  /** Why the database is away; empty when it is not, as far as is known. */
  Optional<Exception> away() {
    return outage.cause();
  }

  /**
   * {@inheritDoc}
   *
   * <p>While all are in use, one waits for {@code pool_timeout} at most.
   *
   * @return a connection that answered just now or half a second ago
   */
  @Override
  public Connection connect(Deadline deadline) throws SQLException {
    long start = System.nanoTime();
    while (true) {
      refuseWhileAway();
      Lane at = lane;
      try {
        return at.pool.getConnection();
      } catch (SQLTransientConnectionException e) {
        refuseWhileAway();
        if (isFull() && (deadline.isOver() || isPoolTimeoutOver(start))) {
          throw new SQLTransientConnectionException(
              "all " + settings.limit() + " connections are in use", OUT_OF_TIME, e);
        }
        if (deadline.isOver() && !isFirstOnItsWay(at, deadline)) {
          String state = at.pace == Pace.SLOW ? OUT_OF_TIME : "08001";
          throw sources
              .get(at.pace)
              .refusedSince(start)
              .map(CellPool::refused)
              .orElseGet(() -> new SQLTransientConnectionException(UNHEARD, state, e));
        }
      }
    }
  }

  private boolean isFirstOnItsWay(Lane at, Deadline deadline) {
    return at.pace == Pace.QUICK
        && at.size() == 0
        && sources.get(at.pace).isConnecting()
        && !deadline.isOverSince(FIRST_CONNECTION);
  }

  /** Whether it takes longer to answer than a guest may wait. */
  @Override
  public boolean isSlow() {
    return lane.pace == Pace.SLOW;
  }

  /** {@inheritDoc} A slow database gets what it needs. */
  @Override
  public Deadline extended(Deadline deadline) {
    return isSlow() ? Deadline.in(SLOW_ANSWER) : deadline;
  }

  /**
   * {@inheritDoc} A connection that is lost makes us suspect the whole database. One that was given
   * up before a slow database had its time is not.
   */
  @Override
  public SQLException judged(SQLException failure, Duration time) {
    boolean isClosed = closed.getCount() == 0;
    if (failure instanceof AwayException || !isLoss(failure) || isClosed) {
      return failure;
    }
    if (isSlow() && isTimeout(failure) && time.compareTo(LEAST_SLOW_ANSWER) < 0) {
      return refused(failure);
    }
    suspect(failure, DOUBT);
    return AwayException.lost(failure);
  }

  /** Whether a failure tells that no answer came, rather than a refusal. */
  static boolean isLoss(SQLException failure) {
    return Optional.ofNullable(failure.getSQLState()).orElse("").startsWith("08");
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

  private void refuseWhileAway() throws AwayException {
    if (outage.cause().isPresent()) {
      doubt.await();
    }
    Optional<Exception> cause = outage.cause();
    if (cause.isPresent()) {
      throw AwayException.known(cause.get());
    }
  }

  private void cannotConnect(SQLException why) {
    if (lane.size() == 0) {
      suspect(why, Duration.ZERO);
    }
  }

  /** Of one that others go on to ask. */
  private static SQLException refused(SQLException why) {
    return new SQLTransientConnectionException(why.getMessage(), OUT_OF_TIME, why);
  }

  private synchronized void suspect(SQLException why, Duration inDoubt) {
    if (outage.cause().isEmpty()) {
      doubt = Doubt.lasting(inDoubt);
    }
    if (outage.failed(why, System.nanoTime())) {
      lane.evict();
      Doubt mine = doubt;
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
  private void probe(Pace pace, Doubt first) throws InterruptedException {
    do {
      try {
        sources.get(pace).probe(cell);
        back(first, pace == Pace.QUICK || isQuick() ? Pace.QUICK : Pace.SLOW);
      } catch (SQLException | RuntimeException e) { // whatever answers there need be no database
        if (pace == Pace.QUICK) {
          failed(first, e);
        }
      }
    } while (isAway(first) && !isClosedAfter(BETWEEN_PROBES));
  }

  /** One that was merely frozen answers at any pace. */
  private boolean isQuick() {
    try {
      sources.get(Pace.QUICK).probe(cell);
      return true;
    } catch (SQLException | RuntimeException e) {
      return false;
    }
  }

  private synchronized void failed(Doubt first, Exception why) {
    if (isAway(first)) {
      outage.failed(why, System.nanoTime());
    }
    if (first.tried.getCount() > 0) {
      first.tried.countDown();
      run("probing slowly ", () -> probe(Pace.SLOW, first));
    }
  }

  private synchronized void back(Doubt first, Pace pace) {
    if (isAway(first)) {
      use(pace);
      outage.over();
    }
    first.tried.countDown();
  }

  /** Whether it is still the same outage. */
  private synchronized boolean isAway(Doubt first) {
    return doubt == first && outage.cause().isPresent();
  }

  private boolean isClosedAfter(Duration pause) throws InterruptedException {
    return closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Those who are asking over the old connections may do so to the end. */
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
          isClosedAfter(SLOW_ANSWER);
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
    while (lane == slow && !isClosedAfter(BETWEEN_QUICK_PROBES)) {
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
    lazy.setIdleTimeout(IDLE_TIMEOUT.toMillis());
    lazy.setMaxLifetime(life().toMillis());
    lazy.setKeepaliveTime(0);
    return lazy;
  }

  /** Zero is HikariCP's word for never. */
  private Duration life() {
    Duration recycle = settings.recycle();
    if (recycle.isNegative()) {
      return Duration.ZERO;
    }
    return recycle.compareTo(SHORTEST_LIFE) < 0 ? SHORTEST_LIFE : recycle;
  }
}
