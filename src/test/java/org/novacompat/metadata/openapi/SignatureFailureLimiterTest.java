// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.openapi;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SignatureFailureLimiterTest {
  private static final String HERE = "192.0.2.1";
  private static final String THERE = "192.0.2.2";

  private final MovableClock clock = new MovableClock();
  private final SignatureFailureLimiter limiter = new SignatureFailureLimiter(2, clock::nanos);

  @Test
  void isReachedByANetworkForAMinute() {
    limiter.failed(HERE);
    assertFalse(limiter.isReached(HERE));
    limiter.failed(HERE);
    assertTrue(limiter.isReached(HERE));
    assertFalse(limiter.isReached(THERE));
    clock.move(Duration.ofSeconds(59));
    assertTrue(limiter.isReached(HERE));
    clock.move(Duration.ofSeconds(1));
    assertFalse(limiter.isReached(HERE));
  }

  @Test
  void trustsWhereSomebodySignedRightWithinTheHour() {
    assertFalse(limiter.isTrusted(HERE));
    limiter.succeeded(HERE);
    assertTrue(limiter.isTrusted(HERE));
    assertFalse(limiter.isTrusted(THERE));
    clock.move(Duration.ofMinutes(60));
    assertFalse(limiter.isTrusted(HERE));
  }

  @Test
  void trustsNoNetworkThatIsAtItsLimit() {
    limiter.succeeded(HERE);
    limiter.failed(HERE);
    limiter.failed(HERE);
    assertFalse(limiter.isTrusted(HERE));
  }

  @Test
  void whoHasManyNetworksTakesNoOtherTheirTrust() {
    limiter.succeeded(HERE);
    for (int i = 0; i < 30_000; i++) {
      limiter.failed("2001:db8:" + i);
    }
    assertTrue(limiter.isTrusted(HERE));
  }
}
