// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import java.util.Optional;

/** What follows from several options of nova.conf together, or from one by a rule of ours. */
public final class Combined {
  /** How many requests one of nova's workers may have in hand at a time. */
  private static final int THREADS_PER_WORKER = 16;

  /** More than any machine has CPUs. */
  private static final int MOST_WORKERS = 1024;

  private static final int MAX_CONNECTIONS_OF_GUESTS = 64;

  private Combined() {}

  /**
   * How many requests are worked on at the same time.
   *
   * @param conf the configuration
   * @return the number of request threads, which is even
   */
  public static int requestThreads(NovaConf conf) {
    return Math.min(conf.get(Catalogue.METADATA_WORKERS), MOST_WORKERS) * THREADS_PER_WORKER;
  }

  /**
   * How many connections one address may have.
   *
   * @param conf the configuration
   * @return the most; 0 where there is no limit
   */
  public static int connectionsPerAddress(NovaConf conf) {
    boolean isProxied =
        conf.get(Catalogue.SERVICE_METADATA_PROXY) || conf.get(Catalogue.USE_FORWARDED_FOR);
    return conf.get(Catalogue.MAX_CONNECTIONS_PER_ADDRESS)
        .orElse(isProxied ? 0 : MAX_CONNECTIONS_OF_GUESTS);
  }

  /**
   * The region that instances are in.
   *
   * @param conf the configuration
   * @return its id; empty when neither {@code [esurfing]} nor {@code [neutron]} names one
   */
  public static Optional<String> region(NovaConf conf) {
    return conf.get(Catalogue.ESURFING_REGION_ID).or(() -> conf.get(Catalogue.NEUTRON.regionName));
  }

  /**
   * The API database, {@code [api_database]}.
   *
   * @param conf the configuration
   * @return its address with all parameters; empty when it is not set
   * @throws InvalidConfigurationException when the parameters do not fit
   */
  public static Optional<DatabaseUrl> apiDatabase(NovaConf conf) {
    return url(
        conf, Catalogue.API_DATABASE_CONNECTION, Catalogue.API_DATABASE_CONNECTION_PARAMETERS);
  }

  /**
   * The cell that needs no mapping, {@code [database]}.
   *
   * @param conf the configuration
   * @return its address with all parameters; empty when it is not set
   * @throws InvalidConfigurationException when the parameters do not fit
   */
  public static Optional<DatabaseUrl> database(NovaConf conf) {
    return url(conf, Catalogue.DATABASE_CONNECTION, Catalogue.DATABASE_CONNECTION_PARAMETERS);
  }

  private static Optional<DatabaseUrl> url(
      NovaConf conf, Option<Optional<DatabaseUrl>> connection, Option<String> parameters) {
    try {
      return conf.get(connection).map(url -> url.withParameters(conf.get(parameters)));
    } catch (IllegalArgumentException e) {
      throw conf.refusal(parameters, "with " + connection.fullName() + ", " + e.getMessage());
    }
  }

  /**
   * What is wanted of each connection to the API database.
   *
   * @param conf the configuration
   */
  public static ConnectionOptions apiConnectionOptions(NovaConf conf) {
    return new ConnectionOptions(
        conf.get(Catalogue.API_DATABASE_MYSQL_SQL_MODE),
        conf.get(Catalogue.API_DATABASE_MYSQL_WSREP_SYNC_WAIT),
        conf.get(Catalogue.DATABASE_DRIVER_OPTIONS));
  }

  /**
   * What is wanted of each connection to {@code [database]} and to a cell, which nova connects to
   * by the same options.
   *
   * @param conf the configuration
   */
  public static ConnectionOptions connectionOptions(NovaConf conf) {
    return new ConnectionOptions(
        conf.get(Catalogue.DATABASE_MYSQL_SQL_MODE),
        conf.get(Catalogue.DATABASE_MYSQL_WSREP_SYNC_WAIT),
        conf.get(Catalogue.DATABASE_DRIVER_OPTIONS));
  }
}
