// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What nova.conf wants of every connection to a database, in {@code [database]} (for the cells,
 * too) or {@code [api_database]} ({@code oslo_db/sqlalchemy/engines.py}).
 *
 * @param sqlMode {@code mysql_sql_mode}; empty for the server's own
 * @param wsrepSyncWait {@code mysql_wsrep_sync_wait}; empty for the server's own
 * @param driver {@code [nova_compat] database_driver_options}
 */
public record ConnectionOptions(
    Optional<String> sqlMode, Optional<Integer> wsrepSyncWait, DriverOptions driver) {

  /** Those of a nova.conf that says nothing of them. */
  public static final ConnectionOptions DEFAULTS =
      new ConnectionOptions(Optional.of("TRADITIONAL"), Optional.empty(), DriverOptions.NONE);

  private static final Pattern SQL_MODE = Pattern.compile("[A-Za-z_0-9]*(, ?[A-Za-z_0-9]+)*");

  /**
   * An SQL mode: words joined by commas, or a number.
   *
   * @throws IllegalArgumentException when it is none
   */
  static String requireSqlMode(String text) {
    if (!SQL_MODE.matcher(text).matches()) {
      throw new IllegalArgumentException("an SQL mode is words joined by commas");
    }
    return text;
  }
}
