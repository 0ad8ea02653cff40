// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.openapi;

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

  /** The one of the two readings that is nearer to a time. */
  Instant nearest(Instant now) {
    Instant utc = written.toInstant(ZoneOffset.UTC);
    Instant beijing = written.toInstant(BEIJING);
    boolean isUtc = apart(now, utc).compareTo(apart(now, beijing)) <= 0;
    return isUtc ? utc : beijing;
  }

  /** From when on neither reading can be now any more. */
  Instant end(Duration skew) {
    return written.toInstant(ZoneOffset.UTC).plus(skew).plusSeconds(1);
  }

  private static Duration apart(Instant one, Instant other) {
    return Duration.between(one, other).abs();
  }
}
