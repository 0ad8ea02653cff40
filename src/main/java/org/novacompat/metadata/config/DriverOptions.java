// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

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

  private static final Set<String> SWITCHES =
      Set.of(
          "allowPublicKeyRetrieval",
          "cachePrepStmts",
          "disablePipeline",
          "permitRedirect",
          "rewriteBatchedStatements",
          "tcpAbortiveClose",
          "tcpKeepAlive",
          "useBulkStmts",
          "useBulkStmtsForInserts",
          "useCompression",
          "useLocalSessionState",
          "useServerPrepStmts");

  private static final Set<String> NUMBERS =
      Set.of(
          "maxAllowedPacket",
          "prepStmtCacheSize",
          "tcpKeepCount",
          "tcpKeepIdle",
          "tcpKeepInterval");

  private static final Set<String> TEXTS =
      Set.of(
          "connectionAttributes",
          "connectionCollation",
          "enabledSslCipherSuites",
          "enabledSslProtocolSuites",
          "galeraAllowedState",
          "initSql",
          "restrictedAuth",
          "serverRsaPublicKeyFile",
          "servicePrincipalName",
          "sessionVariables",
          "transactionIsolation");

  /**
   * Reads the option's text. A complaint names a part by its number, from 1, and shows none of it
   * but the name of an option that is taken, for a secret may be in any part.
   *
   * @param text {@link #FORM}
   * @throws IllegalArgumentException when it is not of that form, names another option, or a value
   *     of another kind
   */
  static DriverOptions parse(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    String[] parts = text.split("&");
    for (int i = 0; i < parts.length; i++) {
      String[] option = parts[i].strip().split("=", 2);
      if (option.length == 2) {
        requireTaken(option[0], option[1], i + 1);
        values.put(option[0], option[1]);
      } else if (!parts[i].isBlank()) {
        throw new IllegalArgumentException("there is no = in part " + (i + 1));
      }
    }
    return new DriverOptions(values);
  }

  /** All that are taken, in the order of their names. */
  static Set<String> names() {
    Set<String> names = new TreeSet<>(SWITCHES);
    names.addAll(NUMBERS);
    names.addAll(TEXTS);
    return names;
  }

  private static void requireTaken(String name, String value, int part) {
    if (SWITCHES.contains(name)) {
      require(value.equals("true") || value.equals("false"), name, "true or false");
    } else if (NUMBERS.contains(name)) {
      require(value.matches("[0-9]{1,9}"), name, "a number");
    } else if (!TEXTS.contains(name)) {
      throw new IllegalArgumentException(
          "part " + part + " is none of those that may be set here: " + String.join(", ", names()));
    }
  }

  private static void require(boolean isTrue, String name, String kind) {
    if (!isTrue) {
      throw new IllegalArgumentException(name + " is " + kind);
    }
  }
}
