// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.mariadb.jdbc.Configuration;

/**
 * Options of MariaDB Connector/J that an operator may need as a way out, such as {@code
 * useServerPrepStmts=false} behind ProxySQL.
 *
 * <p>The connector's others are refused: who logs in where, TLS and timeouts are the database URL's
 * matter, pooling is nova.conf's, and the rest would change how rows are read, or show or let in
 * what must not be ({@code allowLocalInfile}, {@code allowMultiQueries}, {@code
 * dumpQueriesOnException}).
 *
 * @param values by name
 */
public record DriverOptions(Map<String, String> values) {
  /** None at all. */
  public static final DriverOptions NONE = new DriverOptions(Map.of());

  static final String FORM = "NAME=VALUE&NAME=VALUE";

  static final Set<String> TAKEN =
      Set.of(
          "allowPublicKeyRetrieval",
          "cachePrepStmts",
          "connectionAttributes",
          "connectionCollation",
          "disablePipeline",
          "enabledSslCipherSuites",
          "enabledSslProtocolSuites",
          "galeraAllowedState",
          "initSql",
          "maxAllowedPacket",
          "permitRedirect",
          "prepStmtCacheSize",
          "restrictedAuth",
          "rewriteBatchedStatements",
          "serverRsaPublicKeyFile",
          "servicePrincipalName",
          "sessionVariables",
          "tcpAbortiveClose",
          "tcpKeepAlive",
          "tcpKeepCount",
          "tcpKeepIdle",
          "tcpKeepInterval",
          "transactionIsolation",
          "useBulkStmts",
          "useBulkStmtsForInserts",
          "useCompression",
          "useLocalSessionState",
          "useServerPrepStmts");

  /**
   * Reads the option's text.
   *
   * @param text {@link #FORM}
   * @throws IllegalArgumentException when it is not of that form, or names what the connector does
   *     not know or may not be told
   */
  static DriverOptions parse(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String pair : text.split("&")) {
      String[] option = pair.strip().split("=", 2);
      if (option.length == 2) {
        values.put(option[0], option[1]);
        requireTaken(option[0], option[1]);
      } else if (!pair.isBlank()) {
        throw new IllegalArgumentException("there is no = in '" + option[0] + "'");
      }
    }
    return new DriverOptions(values);
  }

  private static void requireTaken(String name, String value) {
    try {
      if (TAKEN.contains(name)) {
        Configuration.parse("jdbc:mariadb://host/database?" + name + "=" + value);
      } else if (isKnown(name)) {
        throw new IllegalArgumentException(
            "the connector's option " + name + " is not for nova-compat to be told here");
      } else {
        throw new IllegalArgumentException("the connector has no option " + name);
      }
    } catch (SQLException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** The connector's texts are bundled with it; it takes the names in any case. */
  private static boolean isKnown(String name) {
    try {
      Configuration parsed = Configuration.parse("jdbc:mariadb://host/database?" + name + "=1");
      return parsed.nonMappedOptions().isEmpty();
    } catch (SQLException | IllegalArgumentException e) {
      return true; // it knows the name, and takes other values
    }
  }
}
