// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import static org.novacompat.metadata.config.oslo.OptionName.DEFAULT_GROUP;
import static org.novacompat.metadata.config.oslo.OptionType.integer;
import static org.novacompat.metadata.config.oslo.OptionType.parsed;
import static org.novacompat.metadata.config.oslo.OptionType.text;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.novacompat.metadata.config.oslo.Option;
import org.novacompat.metadata.config.oslo.OptionGroup;
import org.novacompat.metadata.config.oslo.OptionName;
import org.novacompat.metadata.config.oslo.OptionType;

/** The options of a database, {@code [database]} or {@code [api_database]}. */
public final class DatabaseOptions extends OptionGroup {
  private static final String DATABASE = "database";
  private static final String FORM = "mysql+pymysql://USER:PASSWORD@HOST:PORT/DATABASE";

  public final Option<Optional<DatabaseUrl>> connection =
      optional("connection", parsed(FORM, DatabaseUrl::parse))
          .secret()
          .formerly(DEFAULT_GROUP, "sql_connection")
          .formerly(DATABASE, "sql_connection")
          .formerly("sql", "connection")
          .help(
              isOfCells()
                  ? """
                  The database of this service's own cell, as an SQLAlchemy URL. Instances that no
                  cell is known for are looked for here, and cell mappings that are templates are
                  filled in from it.
                  """
                  : "The database that knows which cell an instance is in, as an SQLAlchemy URL.");

  public final Option<String> connectionParameters =
      option("connection_parameters", text(), "")
          .secret()
          .help("More parameters for the URL of connection: NAME=VALUE&NAME=VALUE.");

  public final Option<Integer> maxPoolSize =
      formerlyOfCells(
              option("max_pool_size", integer(), "5"),
              new OptionName(DEFAULT_GROUP, "sql_max_pool_size"),
              new OptionName(DATABASE, "sql_max_pool_size"))
          .help("How many connections to a database are kept open. 0 sets no limit.");

  public final Option<Integer> maxOverflow =
      option("max_overflow", integer(), "50")
          .formerly(DEFAULT_GROUP, "sql_max_overflow")
          .formerly(DATABASE, "sqlalchemy_max_overflow")
          .help(
              """
              How many connections more than max_pool_size may be open while they are needed. -1
              sets no limit.
              """);

  /** {@code pool_timeout}; its default is SQLAlchemy's */
  public final Option<Duration> poolTimeout =
      option("pool_timeout", integer().as(Duration::ofSeconds), "30")
          .formerly(DATABASE, "sqlalchemy_pool_timeout")
          .help(
              """
              For how many seconds a request waits for a connection when all are in use; a guest's
              request waits for databases no longer than 1.25 seconds in all.
              """);

  public final Option<Duration> connectionRecycleTime =
      formerlyOfCells(
              option("connection_recycle_time", integer().as(Duration::ofSeconds), "3600")
                  .formerly("idle_timeout"),
              new OptionName(DEFAULT_GROUP, "sql_idle_timeout"),
              new OptionName(DATABASE, "sql_idle_timeout"),
              new OptionName("sql", "idle_timeout"))
          .help("After how many seconds a connection is replaced by a new one.");

  public final Option<Optional<String>> mysqlSqlMode =
      option(
              "mysql_sql_mode",
              OptionType.optional(parsed("an SQL mode", ConnectionOptions::requireSqlMode)),
              "TRADITIONAL")
          .help("The SQL mode of every connection, or nothing, for the server's own.");

  public final Option<Optional<Integer>> mysqlWsrepSyncWait =
      optional("mysql_wsrep_sync_wait", integer())
          .help(
              """
              In a Galera cluster with several writers, which statements wait until the node has
              what others wrote before: wsrep_sync_wait of every connection, such as 1 for reading.
              The server must know the variable. When unset, it is the server's own.
              """);

  private DatabaseOptions(String group) {
    super(group);
  }

  /** The options of the API database. */
  static DatabaseOptions ofApi() {
    return new DatabaseOptions("api_database");
  }

  /** The options of this service's cell, by which it connects to all cells. */
  static DatabaseOptions ofCells() {
    return new DatabaseOptions(DATABASE);
  }

  private boolean isOfCells() {
    return group().equals(DATABASE);
  }

  /** Adds names that only an option of {@code [database]} had. */
  private <T> Draft<T> formerlyOfCells(Draft<T> option, OptionName... oldNames) {
    if (isOfCells()) {
      Stream.of(oldNames).forEach(old -> option.formerly(old.group(), old.name()));
    }
    return option;
  }
}
