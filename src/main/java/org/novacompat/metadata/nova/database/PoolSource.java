// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.mariadb.jdbc.MariaDbDataSource;
import org.novacompat.metadata.config.ConnectionOptions;
import org.novacompat.metadata.config.DatabaseUrl;
import org.novacompat.metadata.connector.Connector;

/** Opens a pool's connections, and notes why one cannot be opened. */
final class PoolSource extends MariaDbDataSource {
  /**
   * A statement that the server knows already spares it the parsing and, since MariaDB 10.6, the
   * description of the columns: a load costs the server a quarter less.
   */
  private static final boolean PREPARED_ON_THE_SERVER = true;

  /** Statements that a connection keeps prepared: those of a load, and a few more. */
  private static final int KEPT_STATEMENTS = 16;

  private static final String LOCK_WAIT = "innodb_lock_wait_timeout=" + TimeBudget.ROW_LOCK_SECONDS;

  private record Refusal(SQLException why, long at) {}

  private final Connector connector;
  private final Pace pace;
  private final Consumer<SQLException> onFailure;
  private final AtomicInteger underWay = new AtomicInteger();
  private volatile Optional<Refusal> refusal = Optional.empty();

  /**
   * Opens no connection yet.
   *
   * @param options what is wanted of each connection
   * @param pace how long the server may be silent, where the URL does not say so
   * @param onFailure learns why there is no connection
   * @throws SQLException when the driver does not take the URL
   */
  PoolSource(
      DatabaseUrl url, ConnectionOptions options, Pace pace, Consumer<SQLException> onFailure)
      throws SQLException {
    String silence = String.valueOf(pace.silence.toMillis());
    String beyondEveryDeadline = String.valueOf(2 * pace.silence.toMillis());
    this.connector =
        new Connector(
            url,
            options,
            Map.of(
                "connectTimeout", silence,
                "socketTimeout", beyondEveryDeadline,
                "useServerPrepStmts", String.valueOf(PREPARED_ON_THE_SERVER),
                "prepStmtCacheSize", String.valueOf(KEPT_STATEMENTS),
                "sessionVariables", LOCK_WAIT));
    this.pace = pace;
    this.onFailure = onFailure;
  }

  @Override
  public Connection getConnection() throws SQLException {
    underWay.incrementAndGet();
    try {
      return connector.connect();
    } catch (SQLException e) {
      boolean isFromServer = e.getErrorCode() > 0;
      refusal = isFromServer ? Optional.of(new Refusal(e, System.nanoTime())) : Optional.empty();
      onFailure.accept(e);
      throw e;
    } finally {
      underWay.decrementAndGet();
    }
  }

  /** Whether a connection is being made. */
  boolean isConnecting() {
    return underWay.get() > 0;
  }

  /** The server's own word, after a time, why it takes no new connection. */
  Optional<SQLException> refusedSince(long time) {
    return refusal.filter(last -> last.at - time > 0).map(Refusal::why);
  }

  /**
   * Asks over a new connection what a load asks first, for no instance: a database whose tables are
   * locked is not back, and one that takes longer to answer than an idle connection's ping may is
   * none that loads can be served from.
   *
   * @throws SQLException when no answer came; a refused statement is one
   */
  void probe(Cell cell) throws SQLException {
    try (Connection connection = connector.connect();
        Statement statement = connection.createStatement()) {
      connection.setNetworkTimeout(Runnable::run, (int) pace.ping.toMillis());
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
      if (SqlFailure.of(e) == SqlFailure.CONNECTION_LOST) {
        throw e;
      }
    }
  }
}
