// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.cache;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.novacompat.metadata.log.OutageLog;

/**
 * Whether the store answers, and what the operator is told of it: a line a minute while guests are
 * given stale answers, and one when all is well again. Safe for several threads; as long as all is
 * well it costs a look at a field.
 */
final class StoreHealth {
  /** One cell may answer while another does not, so one answer is no proof that all is well. */
  private static final long QUIET_NANOS = Duration.ofSeconds(3).toNanos();

  private final LongSupplier clock;
  private final OutageLog outages;
  private volatile Optional<Trouble> trouble = Optional.empty();
  private volatile long lastFailure;

  /** Since when, and what was said first. */
  private record Trouble(Instant since, String reason) {}

  /**
   * Creates it in the healthy state.
   *
   * @param log where the operator is told
   * @param clock nanoseconds since any time
   */
  StoreHealth(System.Logger log, LongSupplier clock) {
    this.clock = clock;
    this.outages =
        new OutageLog(
            log, "Instances can be loaded again: guests are shown them as they are", clock);
  }

  Optional<Instant> failingSince() {
    return trouble.map(Trouble::since);
  }

  void failed(String reason) {
    lastFailure = clock.getAsLong();
    if (trouble.isEmpty()) {
      trouble = Optional.of(new Trouble(Instant.now().truncatedTo(ChronoUnit.SECONDS), reason));
    }
  }

  void answered() {
    if (trouble.isPresent() && clock.getAsLong() - lastFailure > QUIET_NANOS) {
      recovered();
    }
  }

  /** Tells of a stale answer. */
  void servedStale() {
    outages.failed(Level.WARNING, () -> "A guest is shown its instance as it was: " + describe());
  }

  private String describe() {
    return trouble
        .map(bad -> "instances cannot be loaded since " + bad.since + ", " + bad.reason)
        .orElse("instances could not be loaded just now");
  }

  private void recovered() {
    trouble = Optional.empty();
    outages.recovered();
  }
}
