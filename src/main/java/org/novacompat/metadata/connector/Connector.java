// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.connector;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.NonRegisteringDriver;
import org.novacompat.metadata.config.ConnectionOptions;
import org.novacompat.metadata.config.DatabaseUrl;

/**
 * Opens connections to a database as nova.conf wants them, each after a look into the option file
 * that its URL names, as PyMySQL does: a password that changes there is known at once.
 */
public final class Connector {
  private static final String SESSION_VARIABLES = "sessionVariables";

  /** Of a server: unknown system variable; a variable cannot be set so; not allowed to. */
  private static final List<Integer> NOT_SET = List.of(1193, 1231, 1232, 1227, 1229, 1238);

  private static final String WAY_OUT =
      " (look at mysql_sql_mode, mysql_wsrep_sync_wait and [nova_compat] database_driver_options)";

  private final ConnectionOptions options;
  private final Map<String, String> defaults;
  private volatile Target target;

  private record Target(DatabaseUrl url, Configuration configuration) {}

  /**
   * Connects to nothing yet.
   *
   * @param url where the database is
   * @param options what is wanted of each connection
   * @param defaults what the connector is told where neither says so, in its own words
   * @throws SQLException when the connector does not take it
   */
  public Connector(DatabaseUrl url, ConnectionOptions options, Map<String, String> defaults)
      throws SQLException {
    this.options = options;
    this.defaults = defaults;
    this.target = target(url);
  }

  /**
   * Connects.
   *
   * @throws SQLException when there is no connection, or it cannot be made as nova.conf wants it
   */
  public Connection connect() throws SQLException {
    try {
      return NonRegisteringDriver.connect(current().configuration);
    } catch (SQLException e) {
      throw explained(e);
    }
  }

  private Target current() throws SQLException {
    Target known = target;
    try {
      DatabaseUrl now = known.url.readAgain();
      if (!now.equals(known.url)) {
        target = target(now);
      }
      return target;
    } catch (IllegalArgumentException e) {
      throw new SQLException(e.getMessage(), "08001", e);
    }
  }

  /** Options are no part of the JDBC URL, where an {@code &} in one would end it. */
  private Target target(DatabaseUrl url) throws SQLException {
    Properties properties = new Properties();
    properties.putAll(driverOptions(url));
    url.username().ifPresent(user -> properties.setProperty("user", user));
    url.password().ifPresent(password -> properties.setProperty("password", password));
    return new Target(url, Configuration.parse(url.jdbcUrl(), properties));
  }

  private Map<String, String> driverOptions(DatabaseUrl url) {
    Map<String, String> all = new LinkedHashMap<>(defaults);
    all.putAll(url.driverOptions());
    all.putAll(options.driver().values());
    List<String> variables = new ArrayList<>();
    sqlMode(url).ifPresent(mode -> variables.add("sql_mode='" + mode + "'"));
    options.wsrepSyncWait().ifPresent(number -> variables.add("wsrep_sync_wait=" + number));
    Optional.ofNullable(all.get(SESSION_VARIABLES)).ifPresent(variables::add);
    all.put(SESSION_VARIABLES, String.join(",", variables));
    return all;
  }

  /** The URL may have one for PyMySQL, which oslo.db overrides. */
  private Optional<String> sqlMode(DatabaseUrl url) {
    return options.sqlMode().or(() -> Optional.ofNullable(url.query().get("sql_mode")));
  }

  /** The connector wraps the server's word when a variable cannot be set. */
  private static SQLException explained(SQLException failure) {
    for (Throwable cause = failure; cause instanceof SQLException e; cause = cause.getCause()) {
      if (NOT_SET.contains(e.getErrorCode())) {
        return new SQLException(e.getMessage() + WAY_OUT, e.getSQLState(), e.getErrorCode(), e);
      }
    }
    return failure;
  }
}
