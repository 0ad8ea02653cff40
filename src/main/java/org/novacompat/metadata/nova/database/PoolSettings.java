// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova.database;

import java.time.Duration;
import org.novacompat.metadata.config.ConnectionOptions;

/**
 * How nova.conf wants connections pooled, in {@code [database]} or {@code [api_database]}.
 *
 * @param maxPoolSize {@code max_pool_size}; 0 for no limit
 * @param maxOverflow {@code max_overflow}; negative for no limit
 * @param poolTimeout {@code pool_timeout}: how long to wait while every connection is in use
 * @param recycle {@code connection_recycle_time}: the age at which a connection is replaced;
 *     negative for never
 * @param connection what is wanted of each connection
 */
public record PoolSettings(
    int maxPoolSize,
    int maxOverflow,
    Duration poolTimeout,
    Duration recycle,
    ConnectionOptions connection) {

  /** More than a MariaDB server takes by default. */
  private static final int NO_LIMIT = 200;

  /** Of connections as they are when nova.conf says nothing of them. */
  public PoolSettings(int maxPoolSize, int maxOverflow, Duration poolTimeout, Duration recycle) {
    this(maxPoolSize, maxOverflow, poolTimeout, recycle, ConnectionOptions.DEFAULTS);
  }

  /** The most connections that may be open at once. */
  int limit() {
    boolean unlimited = maxPoolSize <= 0 || maxOverflow < 0;
    return unlimited
        ? NO_LIMIT
        : (int) Math.min((long) maxPoolSize + maxOverflow, Integer.MAX_VALUE);
  }
}
