// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.cache;

/**
 * The figures of the instance cache, as {@code org.novacompat.metadata:type=InstanceCache}.
 * Counters begin at zero with the service.
 */
public interface InstanceCacheMXBean {
  /** Counts requests that were answered from memory within {@code metadata_cache_expiration}. */
  long getHits();

  /** Counts the other requests, however they were answered. */
  long getMisses();

  /** Counts misses answered from memory all the same, as the database could not be asked. */
  long getStaleAnswers();

  /** Counts how often an instance was asked of the database. */
  long getLoads();

  /** Counts the loads that failed. */
  long getLoadFailures();

  /** Counts the loads that were made in the background, before or after the expiry. */
  long getRefreshes();

  /** Counts instances that were dropped to keep to {@code cache_max_mib}. */
  long getEvictions();

  /** Counts the instances in memory. */
  long getInstances();

  /** Estimates the memory that they take, in bytes. */
  long getBytes();

  /** Tells the most memory that they may take, in bytes: {@code cache_max_mib}. */
  long getMaxBytes();

  /** Tells whether the database, or one of its cells, could not be asked lately. */
  boolean isDatabaseFailing();

  /** Tells since when that is so: the time in UTC, in ISO 8601; empty text when it is not so. */
  String getDatabaseFailingSince();
}
