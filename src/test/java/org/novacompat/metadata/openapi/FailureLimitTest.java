// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.openapi;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.novacompat.metadata.openapi.FailureLimit.Source;

class FailureLimitTest {
  private final MovableClock clock = new MovableClock();
  private final FailureLimit limit = new FailureLimit(2, clock::nanos);

  @Test
  void isReachedByANetworkWhateverKeysItNames() {
    limit.failed(new Source("192.0.2.1", "a"));
    assertFalse(limit.isReached(new Source("192.0.2.1", "b")));
    limit.failed(new Source("192.0.2.1", ""));
    assertTrue(limit.isReached(new Source("192.0.2.1", "b")));
    assertTrue(limit.isReached(new Source("192.0.2.1", "")));
    assertFalse(limit.isReached(new Source("192.0.2.2", "b")));
  }

  @Test
  void isReachedForAnAccessKeyFromWhereverItIsNamed() {
    limit.failed(new Source("192.0.2.1", "a"));
    limit.failed(new Source("192.0.2.2", "a"));
    assertTrue(limit.isReached(new Source("192.0.2.3", "a")));
    assertFalse(limit.isReached(new Source("192.0.2.3", "b")));
  }

  @Test
  void isOverAfterAMinute() {
    limit.failed(new Source("192.0.2.1", "a"));
    limit.failed(new Source("192.0.2.1", "a"));
    clock.move(Duration.ofSeconds(59));
    assertTrue(limit.isReached(new Source("192.0.2.1", "a")));
    clock.move(Duration.ofSeconds(1));
    assertFalse(limit.isReached(new Source("192.0.2.1", "a")));
  }

  @Test
  void doesNotLetStrangersShutOutTheOwnerOfAKey() {
    Source owner = new Source("192.0.2.9", "a");
    limit.succeeded(owner);
    limit.failed(new Source("192.0.2.1", "a"));
    limit.failed(new Source("192.0.2.2", "a"));
    assertTrue(limit.isReached(new Source("192.0.2.3", "a")));
    assertFalse(limit.isReached(owner));
    limit.failed(owner);
    limit.failed(owner);
    assertTrue(limit.isReached(owner), "the owner's own failures count");
  }
}
