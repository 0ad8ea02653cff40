// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova.database;

import java.time.Duration;

/** How long a database may take. */
enum Pace {
  /** As guests need it. */
  QUICK(Duration.ofSeconds(1), Duration.ofMillis(250), Duration.ofMillis(250)),

  /**
   * Of a database behind a latency of seconds, or one that takes that long to connect to: no guest
   * waits for it, but its instances are loaded in the background.
   */
  SLOW(Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofSeconds(5));

  /** The longest silence at each step of connecting. */
  final Duration silence;

  /**
   * The longest that an idle connection's ping takes before the connection is replaced, and that a
   * probe takes to answer.
   */
  final Duration ping;

  /** The longest wait for a connection before it is considered whether to wait on. */
  final Duration slice;

  Pace(Duration silence, Duration ping, Duration slice) {
    this.silence = silence;
    this.ping = ping;
    this.slice = slice;
  }
}
