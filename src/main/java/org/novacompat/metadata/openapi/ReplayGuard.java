// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.openapi;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Remembers the ids of the calls that this process accepted, so that it accepts none twice. Each is
 * kept until its date is past in both readings: for the time of Beijing that is eight hours and
 * more.
 *
 * <p>Nothing is forgotten before its time: an access key that makes more calls than are kept is
 * refused further ones, and no other key suffers from it. One call takes some 200 bytes.
 */
final class ReplayGuard {
  private static final int MAX_PER_ACCESS_KEY = 100_000;

  /** What is known of an id. */
  enum Verdict {
    /** It was not seen before, and is from now on. */
    FIRST,
    /** It was seen, or may have been: its date passed once, and the clock was set back since. */
    AGAIN,
    /** It was not seen before, and cannot be kept now. */
    NO_ROOM
  }

  private final Clock clock;
  private final int max;

  /** Up to when the dates of ids had passed that are forgotten. */
  private final AtomicReference<Instant> forgotten = new AtomicReference<>(Instant.MIN);

  private final Map<String, Cache<String, Instant>> byAccessKey = new ConcurrentHashMap<>();

  ReplayGuard(Clock clock) {
    this(clock, MAX_PER_ACCESS_KEY);
  }

  ReplayGuard(Clock clock, int max) {
    this.clock = clock;
    this.max = max;
  }

  /**
   * Looks at a call whose signature is right, so that strangers can neither fill this nor use up
   * the id of another.
   *
   * @param accessKey the id of the access key that signed
   * @param request the call's id
   * @param end when the call's date has passed
   */
  Verdict look(String accessKey, String request, Instant end) {
    if (!end.isAfter(forgotten.get())) {
      return Verdict.AGAIN;
    }
    Cache<String, Instant> seen = byAccessKey.computeIfAbsent(accessKey, key -> emptyCache());
    if (isFull(seen) && seen.getIfPresent(request) == null) {
      return Verdict.NO_ROOM;
    }
    return seen.asMap().putIfAbsent(request, end) == null ? Verdict.FIRST : Verdict.AGAIN;
  }

  private boolean isFull(Cache<String, Instant> seen) {
    if (seen.estimatedSize() >= max) {
      seen.cleanUp();
    }
    return seen.estimatedSize() >= max;
  }

  private Cache<String, Instant> emptyCache() {
    return Caffeine.newBuilder()
        .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
        .expireAfter(
            Expiry.creating((String id, Instant end) -> Duration.between(clock.instant(), end)))
        .evictionListener((id, end, cause) -> forgotten.accumulateAndGet(end, ReplayGuard::later))
        .build();
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
