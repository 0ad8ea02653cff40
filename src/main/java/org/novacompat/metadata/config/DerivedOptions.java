// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import java.util.Optional;

/**
 * What follows from several options of nova.conf together, or from one by a rule of this project.
 */
public final class DerivedOptions {
  /** How many requests one of nova's workers may have in hand at a time. */
  private static final int THREADS_PER_WORKER = 16;

  /** More than any machine has CPUs. */
  private static final int MAX_WORKERS = 1024;

  private static final int MAX_CONNECTIONS_OF_GUESTS = 64;

  private DerivedOptions() {}

  /**
   * How many requests are worked on at the same time.
   *
   * @return the number of request threads, which is even
   */
  public static int requestThreads(NovaConf conf) {
    return Math.min(conf.get(Catalogue.DEFAULT.metadataWorkers), MAX_WORKERS) * THREADS_PER_WORKER;
  }

  /**
   * How many connections one address may have.
   *
   * @return the maximum; 0 where there is no limit
   */
  public static int connectionsPerAddress(NovaConf conf) {
    boolean isProxied =
        conf.get(Catalogue.NEUTRON.serviceMetadataProxy) || conf.get(Catalogue.API.useForwardedFor);
    return conf.get(Catalogue.NOVA_COMPAT.maxConnectionsPerAddress)
        .orElse(isProxied ? 0 : MAX_CONNECTIONS_OF_GUESTS);
  }

  /**
   * The region that instances are in.
   *
   * @return its id; empty when neither {@code [esurfing]} nor {@code [neutron]} names one
   */
  public static Optional<String> region(NovaConf conf) {
    return conf.get(Catalogue.ESURFING.regionId).or(() -> conf.get(Catalogue.NEUTRON.regionName));
  }

  /**
   * The address of a database with all parameters.
   *
   * @param options its group
   * @return the address; empty when it is not set
   * @throws org.novacompat.metadata.config.oslo.InvalidConfigurationException when the parameters
   *     do not fit
   */
  public static Optional<DatabaseUrl> database(NovaConf conf, DatabaseOptions options) {
    try {
      return conf.get(options.connection)
          .map(url -> url.withParameters(conf.get(options.connectionParameters)));
    } catch (IllegalArgumentException e) {
      throw conf.refusal(
          options.connectionParameters,
          "with " + options.connection.fullName() + ", " + e.getMessage());
    }
  }

  /**
   * What is wanted of each connection to a database; cells are connected to by the options of
   * {@code [database]}, as in nova.
   *
   * @param options the group of the database
   */
  public static ConnectionOptions connectionOptions(NovaConf conf, DatabaseOptions options) {
    return new ConnectionOptions(
        conf.get(options.mysqlSqlMode),
        conf.get(options.mysqlWsrepSyncWait),
        conf.get(Catalogue.NOVA_COMPAT.databaseDriverOptions));
  }
}
