// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import org.mariadb.jdbc.MariaDbDataSource;
import org.novacompat.metadata.config.DatabaseUrl;

/**
 * The connections to one database, opened when they are first needed.
 *
 * <p>A database that does not answer holds nobody for long: whoever asks gets an {@link
 * SQLException} within some two seconds, and at once while the last attempt to connect failed less
 * than a second ago. Only while every connection is in use does one wait as long as {@code
 * pool_timeout} says.
 */
final class CellPool implements AutoCloseable {
  /** How long a server may take to accept a connection and greet. */
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

  /** How long a server may be silent amidst a statement. */
  private static final Duration SILENCE_TIMEOUT = Duration.ofSeconds(2);

  /** How long an idle connection's ping may take before it is replaced. */
  private static final Duration PING_TIMEOUT = Duration.ofSeconds(1);

  /** How long to wait for a connection though there is room for more. */
  private static final Duration PATIENCE = Duration.ofMillis(1500);

  /** HikariCP knows no shorter wait. After each we look whether waiting on makes sense. */
  private static final Duration SLICE = Duration.ofMillis(250);

  /** For how long a failure to connect is taken for the database's state. */
  private static final Duration FAILURE_LASTS = Duration.ofSeconds(1);

  /** HikariCP replaces no connection sooner. */
  private static final Duration SHORTEST_LIFE = Duration.ofSeconds(30);

  private static final Duration IDLE_TIMEOUT = Duration.ofMinutes(10);

  private final DatabaseUrl url;
  private final PoolSettings settings;
  private final Source source;
  private final HikariDataSource pool;

  /**
   * Connects to nothing yet.
   *
   * @param name what the pool is called in logs
   * @param url where the database is
   * @param settings how connections are pooled
   * @throws SQLException when the driver does not take the URL
   */
  CellPool(String name, DatabaseUrl url, PoolSettings settings) throws SQLException {
    this.url = url;
    this.settings = settings;
    this.source = Source.of(url);
    this.pool = pool(name);
  }

  /** Whether this pool leads there. */
  boolean leadsTo(DatabaseUrl other) {
    return url.equals(other);
  }

  /**
   * Borrows a connection; closing it gives it back.
   *
   * @return a connection that answered just now or half a second ago
   * @throws SQLException when none is to be had
   */
  Connection connection() throws SQLException {
    long start = System.nanoTime();
    if (source.failedSince(start - FAILURE_LASTS.toNanos()) && isEmpty()) {
      throw source.failure();
    }
    while (true) {
      try {
        return pool.getConnection();
      } catch (SQLTransientConnectionException e) {
        if (source.failedSince(start) && isEmpty()) {
          throw source.failure();
        }
        if (System.nanoTime() - start > patience().toNanos()) {
          throw e;
        }
      }
    }
  }

  @Override
  public void close() {
    pool.close();
  }

  private boolean isEmpty() {
    return !pool.isRunning() || pool.getHikariPoolMXBean().getTotalConnections() == 0;
  }

  private Duration patience() {
    boolean full = pool.getHikariPoolMXBean().getTotalConnections() >= settings.limit();
    return full ? settings.poolTimeout() : PATIENCE;
  }

  private HikariDataSource pool(String name) {
    HikariDataSource lazy = new HikariDataSource();
    lazy.setPoolName(name);
    lazy.setDataSource(source);
    lazy.setInitializationFailTimeout(-1);
    lazy.setConnectionTimeout(SLICE.toMillis());
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

  /** Connector/J's source, which remembers when it last failed, and forgets when it succeeds. */
  private static final class Source extends MariaDbDataSource {
    private record Failure(SQLException cause, long at) {}

    private volatile Failure failure;

    private Source(String url) throws SQLException {
      super(url);
    }

    static Source of(DatabaseUrl url) throws SQLException {
      Source source = new Source(withDefaults(url.jdbcUrl()));
      if (url.username().isPresent()) {
        source.setUser(url.username().get());
      }
      if (url.password().isPresent()) {
        source.setPassword(url.password().get());
      }
      return source;
    }

    /** Unlike Connector/J, nova's driver speaks TLS only where the URL asks for it. */
    private static String withDefaults(String jdbcUrl) {
      StringBuilder url = new StringBuilder(jdbcUrl);
      addUnlessNamed(url, "connectTimeout", CONNECT_TIMEOUT.toMillis());
      addUnlessNamed(url, "socketTimeout", SILENCE_TIMEOUT.toMillis());
      addUnlessNamed(url, "sslMode", "disable");
      return url.toString();
    }

    private static void addUnlessNamed(StringBuilder url, String option, Object value) {
      if (url.indexOf(option + "=") < 0) {
        url.append(url.indexOf("?") < 0 ? '?' : '&').append(option).append('=').append(value);
      }
    }

    @Override
    public Connection getConnection() throws SQLException {
      try {
        Connection connection = super.getConnection();
        failure = null;
        return connection;
      } catch (SQLException e) {
        failure = new Failure(e, System.nanoTime());
        throw e;
      }
    }

    boolean failedSince(long time) {
      Failure last = failure;
      return last != null && last.at - time > 0;
    }

    SQLException failure() {
      Failure last = failure;
      return new SQLTransientConnectionException(
          "cannot connect: " + (last == null ? "unknown" : last.cause.getMessage()),
          "08001",
          last == null ? null : last.cause);
    }
  }
}
