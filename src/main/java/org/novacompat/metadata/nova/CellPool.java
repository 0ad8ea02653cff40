// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
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

  /** How long an idle connection's ping may take before it is replaced. */
  private static final Duration PING_TIMEOUT = Duration.ofMillis(250);

  /** HikariCP knows no shorter wait. After each we look whether waiting on makes sense. */
  private static final Duration SLICE = Duration.ofMillis(250);

  /** How long a database that is away is left alone between two tries. */
  private static final Duration BETWEEN_PROBES = Duration.ofMillis(500);

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
  private final PoolSource source;
  private final HikariDataSource pool;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Doubt doubt = new Doubt(new CountDownLatch(0), 0);

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
    String name = cell.label() + ", " + url;
    this.outage = new Outage(name + ", does not answer", name + ", answers again");
    this.source = new PoolSource(url, settings.connection(), this::cannotConnect);
    this.pool = pool();
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
      try {
        return pool.getConnection();
      } catch (SQLTransientConnectionException e) {
        refuseWhileAway();
        if (isFull() && (deadline.isOver() || isPoolTimeoutOver(start))) {
          throw new SQLTransientConnectionException(
              "all " + settings.limit() + " connections are in use", OUT_OF_TIME, e);
        }
        if (deadline.isOver()) {
          throw source
              .refusedSince(start)
              .map(CellPool::refused)
              .orElseGet(() -> new SQLTransientConnectionException(UNHEARD, "08001", e));
        }
      }
    }
  }

  /** A connection that is lost makes us suspect the whole database. */
  @Override
  public SQLException judged(SQLException failure) {
    boolean isClosed = closed.getCount() == 0;
    if (failure instanceof AwayException || !isLoss(failure) || isClosed) {
      return failure;
    }
    suspect(failure, DOUBT);
    return AwayException.lost(failure);
  }

  /** Whether a failure tells that no answer came, rather than a refusal. */
  static boolean isLoss(SQLException failure) {
    return Optional.ofNullable(failure.getSQLState()).orElse("").startsWith("08");
  }

  @Override
  public void close() {
    closed.countDown();
    pool.close();
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
    if (size() == 0) {
      suspect(why, Duration.ZERO);
    }
  }

  /** Others have connections and serve on. */
  private static SQLException refused(SQLException why) {
    return new SQLTransientConnectionException(why.getMessage(), OUT_OF_TIME, why);
  }

  private synchronized void suspect(SQLException why, Duration inDoubt) {
    if (outage.cause().isEmpty()) {
      doubt = Doubt.lasting(inDoubt);
    }
    if (outage.failed(why, System.nanoTime())) {
      Optional.ofNullable(pool.getHikariPoolMXBean())
          .ifPresent(connections -> connections.softEvictConnections());
      Doubt mine = doubt;
      Thread prober = new Thread(() -> probe(mine), "probing " + cell.label());
      prober.setDaemon(true);
      prober.start();
    }
  }

  private void probe(Doubt first) {
    try {
      do {
        try {
          source.probe(cell);
          outage.over();
          return;
        } catch (SQLException | RuntimeException e) { // whatever answers there need be no database
          outage.failed(e, System.nanoTime());
        } finally {
          first.tried.countDown();
        }
      } while (!closed.await(BETWEEN_PROBES.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isFull() {
    return size() >= settings.limit();
  }

  private int size() {
    return pool.isRunning() ? pool.getHikariPoolMXBean().getTotalConnections() : 0;
  }

  private boolean isPoolTimeoutOver(long start) {
    return System.nanoTime() - start > settings.poolTimeout().toNanos();
  }

  private HikariDataSource pool() {
    HikariDataSource lazy = new HikariDataSource();
    lazy.setPoolName(cell.label());
    lazy.setDataSource(source);
    lazy.setInitializationFailTimeout(-1);
    lazy.setConnectionTimeout(SLICE.toMillis());
    lazy.setConnectionTestQuery(PING);
    lazy.setValidationTimeout(PING_TIMEOUT.toMillis());
    lazy.setMaximumPoolSize(settings.limit());
    lazy.setMinimumIdle(0);
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
