// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EopDateTest {
  private static final Duration SKEW = Duration.ofSeconds(300);
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "20261122T120000Z",
        "20261122T115500Z",
        "20261122T120500Z",
        "20261122T200000Z",
        "20261122T195500Z",
        "20261122T200500Z"
      })
  void isNowInUtcOrInBeijing(String text) {
    assertTrue(isNow(date(text), NOON));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "20261122T115459Z",
        "20261122T120501Z",
        "20261122T195459Z",
        "20261122T200501Z",
        "20261122T040000Z",
        "20251122T120000Z"
      })
  void isNotNowBeyondTheSkew(String text) {
    assertFalse(isNow(date(text), NOON));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "20261122T120000",
        "20261122T120000z",
        "20261122T120000+0800",
        "2026-11-22T12:00:00Z",
        "20260230T120000Z",
        "20261122T240000Z",
        "220261122T120000Z"
      })
  void isOfItsFormOrNothing(String text) {
    assertEquals(Optional.empty(), EopDate.parse(text));
  }

  @Test
  void endsWhenTheLaterReadingHasPassed() {
    EopDate ofBeijing = date("20261122T200000Z");
    assertEquals(Instant.parse("2026-11-22T20:05:01Z"), ofBeijing.end(SKEW));
    assertTrue(isNow(ofBeijing, Instant.parse("2026-11-22T20:05:00Z")));
    assertFalse(isNow(ofBeijing, Instant.parse("2026-11-22T20:05:01Z")));
  }

  private static EopDate date(String text) {
    return EopDate.parse(text).orElseThrow();
  }

  private static boolean isNow(EopDate date, Instant now) {
    return Duration.between(now, date.nearest(now)).abs().compareTo(SKEW) <= 0;
  }
}
