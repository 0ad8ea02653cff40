// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova.database;

import java.time.Duration;

/**
 * How long nova's databases may take, and how often they are asked.
 *
 * <table>
 *   <caption>What waits for a database, and how long at most</caption>
 *   <tr><th>who waits</th><th>for what</th><th>time</th></tr>
 *   <tr><td>guest</td><td>all statements of its request</td><td>{@link #GUEST}</td></tr>
 *   <tr><td></td><td>each step, even after that</td><td>{@link #MIN_STEP}</td></tr>
 *   <tr><td></td><td>the first connection, while it is being made</td>
 *       <td>{@link #FIRST_CONNECTION} more</td></tr>
 *   <tr><td></td><td>whether a lost connection was the only one</td>
 *       <td>{@link #SUSPICION}</td></tr>
 *   <tr><td>any statement</td><td>a row that another transaction holds</td>
 *       <td>{@link #ROW_LOCK_SECONDS}</td></tr>
 *   <tr><td>load in the background</td><td>a slow database's answer</td>
 *       <td>{@link #SLOW_ANSWER}</td></tr>
 *   <tr><td>caller of the OpenAPI</td><td>a change with its repetitions</td>
 *       <td>{@link #CUSTOM_METADATA}</td></tr>
 *   <tr><td></td><td>before a change is repeated</td><td>{@link #MAX_PAUSE}</td></tr>
 *   <tr><td></td><td>whether its request was seen before</td><td>{@link #REQUEST_ID}</td></tr>
 *   <tr><td>start, and the release's thread</td><td>one database's traces of the release</td>
 *       <td>{@link #RELEASE}</td></tr>
 *   <tr><td></td><td>all of them</td><td>{@link #RELEASE_OF_ALL}</td></tr>
 * </table>
 *
 * <p>A guest is so answered or refused within two seconds. {@link Pace} has the times of
 * connecting.
 */
public final class TimeBudget {
  /** Less than the two seconds of a clean answer: the pool's steps and the answer need some. */
  public static final Duration GUEST = Duration.ofMillis(1_250);

  /** A database is not to blame for a machine that takes its time. */
  static final Duration MIN_STEP = Duration.ofMillis(250);

  /** A first TLS handshake takes a busy machine that has just been started seconds. */
  static final Duration FIRST_CONNECTION = Duration.ofSeconds(2);

  /** How long requests wait to learn whether more than one connection was lost. */
  static final Duration SUSPICION = Duration.ofMillis(150);

  /** A longer wait for a row is the server's refusal, and no sign that it is unavailable. */
  static final int ROW_LOCK_SECONDS = 1;

  /** How long a load of a slow database may take. */
  static final Duration SLOW_ANSWER = Duration.ofSeconds(10);

  /** A statement that fails sooner had less time than that, but for what a busy machine takes. */
  static final Duration MIN_SLOW_ANSWER = SLOW_ANSWER.minusSeconds(1);

  /** For all that a call for custom metadata asks, repeated attempts included. */
  public static final Duration CUSTOM_METADATA = Duration.ofSeconds(5);

  /** A pause between attempts is random, up to this. */
  static final Duration MAX_PAUSE = Duration.ofMillis(100);

  /** For the look-up of a request's id. */
  public static final Duration REQUEST_ID = Duration.ofSeconds(2);

  /** For the traces of the release in one database. */
  public static final Duration RELEASE = Duration.ofSeconds(2);

  /** For the traces of the release in all databases, however many there are. */
  public static final Duration RELEASE_OF_ALL = Duration.ofSeconds(4);

  /** Between two tries of a database that is unavailable. */
  static final Duration BETWEEN_PROBES = Duration.ofMillis(500);

  /** Between two tries of a slow database at the usual pace. */
  static final Duration BETWEEN_QUICK_PROBES = Duration.ofSeconds(5);

  /** HikariCP replaces no connection sooner. */
  static final Duration MIN_CONNECTION_LIFE = Duration.ofSeconds(30);

  /** An idle connection is closed after this time. */
  static final Duration IDLE_CONNECTION = Duration.ofMinutes(10);

  /** How long {@code cell_mappings} is believed. */
  static final Duration CELLS = Duration.ofMinutes(1);

  /** Between two tries of a table that a cell lacks. */
  static final Duration BETWEEN_TABLE_TRIALS = Duration.ofMinutes(1);

  /** Between two purges of requests' ids. */
  public static final Duration BETWEEN_PURGES = Duration.ofMinutes(1);

  private TimeBudget() {}
}
