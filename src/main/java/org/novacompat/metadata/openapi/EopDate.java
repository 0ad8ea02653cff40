// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.openapi;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Optional;

/**
 * The header {@code Eop-date}. It ends in Z as if it were UTC, and the vendor's clients write the
 * time of Beijing in it; others write UTC. So it stands for either.
 *
 * @param written date and time as they stand there
 */
record EopDate(LocalDateTime written) {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withResolverStyle(ResolverStyle.STRICT);
  private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);

  /** Reads the header; empty when it is not of its form. */
  static Optional<EopDate> parse(String text) {
    try {
      return Optional.of(new EopDate(LocalDateTime.parse(text, FORMAT)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Whether one of the two readings is now, give or take what clocks may differ. */
  boolean isNow(Clock clock, Duration skew) {
    Instant now = clock.instant();
    return isNear(now, written.toInstant(ZoneOffset.UTC), skew)
        || isNear(now, written.toInstant(BEIJING), skew);
  }

  /** From when on neither reading can be now any more. */
  Instant end(Duration skew) {
    return written.toInstant(ZoneOffset.UTC).plus(skew).plusSeconds(1);
  }

  private static boolean isNear(Instant now, Instant then, Duration skew) {
    return Duration.between(now, then).abs().compareTo(skew) <= 0;
  }
}
