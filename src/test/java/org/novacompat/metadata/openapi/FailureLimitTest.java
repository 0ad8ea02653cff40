// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.openapi;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FailureLimitTest {
  private static final String HERE = "192.0.2.1";
  private static final String THERE = "192.0.2.2";

  private final MovableClock clock = new MovableClock();
  private final FailureLimit limit = new FailureLimit(2, clock::nanos);

  @Test
  void isReachedByANetworkForAMinute() {
    limit.failed(HERE);
    assertFalse(limit.isReached(HERE));
    limit.failed(HERE);
    assertTrue(limit.isReached(HERE));
    assertFalse(limit.isReached(THERE));
    clock.move(Duration.ofSeconds(59));
    assertTrue(limit.isReached(HERE));
    clock.move(Duration.ofSeconds(1));
    assertFalse(limit.isReached(HERE));
  }

  @Test
  void trustsWhereSomebodySignedRightWithinTheHour() {
    assertFalse(limit.isTrusted(HERE));
    limit.succeeded(HERE);
    assertTrue(limit.isTrusted(HERE));
    assertFalse(limit.isTrusted(THERE));
    clock.move(Duration.ofMinutes(60));
    assertFalse(limit.isTrusted(HERE));
  }

  @Test
  void trustsNoNetworkThatIsAtItsLimit() {
    limit.succeeded(HERE);
    limit.failed(HERE);
    limit.failed(HERE);
    assertFalse(limit.isTrusted(HERE));
  }

  @Test
  void whoHasManyNetworksTakesNoOtherTheirTrust() {
    limit.succeeded(HERE);
    for (int i = 0; i < 30_000; i++) {
      limit.failed("2001:db8:" + i);
    }
    assertTrue(limit.isTrusted(HERE));
  }
}
