// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.mariadb.jdbc.MariaDbDataSource;
import org.novacompat.metadata.config.DatabaseUrl;

/** Where a pool's new connections come from, and word of it when none can be had. */
final class PoolSource extends MariaDbDataSource {
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

  private final Consumer<SQLException> onFailure;
  private volatile Optional<Refusal> refusal = Optional.empty();

  /**
   * Connects to nothing yet.
   *
   * @param onFailure learns why there is no connection
   * @throws SQLException when the driver does not take the URL
   */
  PoolSource(DatabaseUrl url, Consumer<SQLException> onFailure) throws SQLException {
    super(withDefaults(url.jdbcUrl()));
    this.onFailure = onFailure;
    if (url.username().isPresent()) {
      setUser(url.username().get());
    }
    if (url.password().isPresent()) {
      setPassword(url.password().get());
    }
  }

  private static String withDefaults(String jdbcUrl) {
    StringBuilder url = new StringBuilder(jdbcUrl);
    addUnlessNamed(url, "connectTimeout", CONNECT_TIMEOUT.toMillis());
    addUnlessNamed(url, "socketTimeout", SILENCE_TIMEOUT.toMillis());
    addUnlessNamed(url, "useServerPrepStmts", PREPARED_ON_THE_SERVER);
    addUnlessNamed(url, "prepStmtCacheSize", KEPT_STATEMENTS);
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
      return super.getConnection();
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
    try (Connection connection = super.getConnection();
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
}
