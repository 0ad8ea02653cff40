// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.operations;

/** The instance cache, for whoever watches it. Counters begin at zero with the service. */
public interface InstanceCacheMXBean {
  /**
   * Counts requests that were answered from memory within {@code metadata_cache_expiration}.
   *
   * @return how many
   */
  long getHits();

  /**
   * Counts requests that were not, whatever became of them.
   *
   * @return how many
   */
  long getMisses();

  /**
   * Counts the misses that were answered from memory all the same, because the database could not
   * be asked.
   *
   * @return how many
   */
  long getStaleAnswers();

  /**
   * Counts how often an instance was asked of the database.
   *
   * @return how many
   */
  long getLoads();

  /**
   * Counts the loads that failed.
   *
   * @return how many
   */
  long getLoadFailures();

  /**
   * Counts the loads that were made in the background, before or after the expiry.
   *
   * @return how many
   */
  long getRefreshes();

  /**
   * Counts instances that were dropped to keep to {@code cache_max_mib}.
   *
   * @return how many
   */
  long getEvictions();

  /**
   * Counts the instances in memory.
   *
   * @return how many
   */
  long getInstances();

  /**
   * Estimates what they take.
   *
   * @return the number of bytes
   */
  long getBytes();

  /**
   * Tells what they may take: {@code cache_max_mib}.
   *
   * @return the number of bytes
   */
  long getMostBytes();

  /**
   * Tells whether the database, or one of its cells, could not be asked lately.
   *
   * @return true while that is so
   */
  boolean isDatabaseFailing();

  /**
   * Tells since when that is so.
   *
   * @return the time in UTC, as ISO 8601 has it; empty text when it is not so
   */
  String getDatabaseFailingSince();
}
