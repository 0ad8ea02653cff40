// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.novacompat.metadata.config.ConnectionOptions;
import org.novacompat.metadata.config.DatabaseUrl;
import org.novacompat.metadata.connector.Connector;

/** Where a pool's new connections come from, and word of it when none can be had. */
final class PoolSource implements DataSource {
  /** How long a server may be silent while a connection is made, at each of its steps. */
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

  /** Beyond a deadline of their own, which all who ask have. */
  private static final Duration SILENCE_TIMEOUT = Duration.ofSeconds(2);

  /**
   * A statement that the server knows already spares it the parsing and, since MariaDB 10.6, the
   * description of the columns: a load costs the server a quarter less.
   */
  private static final boolean PREPARED_ON_THE_SERVER = true;

  /** Statements that a connection keeps prepared: those of a load, and a few more. */
  private static final int KEPT_STATEMENTS = 16;

  private record Refusal(SQLException why, long at) {}

  private static final Map<String, String> DEFAULTS =
      Map.of(
          "connectTimeout", String.valueOf(CONNECT_TIMEOUT.toMillis()),
          "socketTimeout", String.valueOf(SILENCE_TIMEOUT.toMillis()),
          "useServerPrepStmts", String.valueOf(PREPARED_ON_THE_SERVER),
          "prepStmtCacheSize", String.valueOf(KEPT_STATEMENTS));

  private final Connector connector;
  private final Consumer<SQLException> onFailure;
  private volatile Optional<Refusal> refusal = Optional.empty();

  /**
   * Connects to nothing yet.
   *
   * @param options what is wanted of each connection
   * @param onFailure learns why there is no connection
   * @throws SQLException when the driver does not take the URL
   */
  PoolSource(DatabaseUrl url, ConnectionOptions options, Consumer<SQLException> onFailure)
      throws SQLException {
    this.connector = new Connector(url, options, DEFAULTS);
    this.onFailure = onFailure;
  }

  @Override
  public Connection getConnection() throws SQLException {
    try {
      return connector.connect();
    } catch (SQLException e) {
      boolean isFromServer = e.getErrorCode() > 0;
      refusal = isFromServer ? Optional.of(new Refusal(e, System.nanoTime())) : Optional.empty();
      onFailure.accept(e);
      throw e;
    }
  }

  /** The server's own word, after a time, why it takes no new connection. */
  Optional<SQLException> refusedSince(long time) {
    return refusal.filter(last -> last.at - time > 0).map(Refusal::why);
  }

  /**
   * Asks over a new connection what a load asks first, for no instance: a database whose tables are
   * locked is not back.
   *
   * @throws SQLException when no answer came; a refused statement is one
   */
  void probe(Cell cell) throws SQLException {
    try (Connection connection = connector.connect();
        Statement statement = connection.createStatement()) {
      connection.setNetworkTimeout(Runnable::run, (int) CONNECT_TIMEOUT.toMillis());
      ask(statement, cell);
    }
  }

  private static void ask(Statement statement, Cell cell) throws SQLException {
    try {
      statement.execute(
          cell.equals(Cell.API)
              ? "SELECT 1 FROM instance_mappings WHERE instance_uuid = ''"
              : "SELECT 1 FROM instances WHERE uuid = ''");
    } catch (SQLException e) {
      if (CellPool.isLoss(e)) {
        throw e;
      }
    }
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("who logs in is known already");
  }

  /** None: the caller gets the exception. */
  @Override
  public PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(PrintWriter out) {
    // the caller gets the exception
  }

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  /** The URL and {@link #CONNECT_TIMEOUT} say it, not the pool. */
  @Override
  public void setLoginTimeout(int seconds) {
    // the connector has its own time-out
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("nothing is logged here");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLFeatureNotSupportedException("there is nothing inside");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
