// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.keystone;

import java.time.Duration;
import java.util.Optional;

/**
 * For how long a service is waited for.
 *
 * @param guest by a guest, before it is refused
 * @param question by all calls that one question takes; longer than a guest waits
 * @param lost before another call is begun beside one that has no answer
 * @param pause not at all, after failures in a row
 */
public record WaitTimes(Duration guest, Duration question, Duration lost, Duration pause) {
  private static final Duration GUEST = Duration.ofSeconds(3);
  private static final Duration MAX_GUEST = Duration.ofSeconds(5);
  private static final Duration BEYOND_TIMEOUT = Duration.ofSeconds(1);
  private static final Duration QUESTION = Duration.ofSeconds(30);
  private static final Duration LOST = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofSeconds(3);

  /**
   * Chooses the times. nova waits for ever where no timeout is configured.
   *
   * @param timeout the option {@code timeout}
   * @return the times
   */
  public static WaitTimes of(Optional<Duration> timeout) {
    Duration guest =
        timeout
            .map(BEYOND_TIMEOUT::plus)
            .map(longest -> longest.compareTo(MAX_GUEST) < 0 ? longest : MAX_GUEST)
            .orElse(GUEST);
    return new WaitTimes(guest, timeout.orElse(QUESTION), LOST, PAUSE);
  }
}
