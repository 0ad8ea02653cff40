// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.keystone;

import dev.failsafe.CircuitBreaker;
import dev.failsafe.CircuitBreakerOpenException;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import java.time.Duration;
import java.util.function.Supplier;
import org.novacompat.metadata.keystone.CallFailure.Kind;

/**
 * How hard a service is tried: a failed connection and a busy answer again, with growing pauses and
 * within a time; and after failures in a row not at all for a while, then once, to see whether it
 * is back.
 */
final class Persistence {
  private static final int FAILURES_IN_A_ROW = 2;
  private static final Duration LEFT_ALONE = Duration.ofSeconds(3);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

  private final CircuitBreaker<Object> breaker;
  private final FailsafeExecutor<Object> executor;

  /**
   * Creates it in the healthy state.
   *
   * @param unreachable how often a connection is tried again
   * @param busy how often a busy service is asked again
   * @param within how long all of it may take, not counting a call under way
   */
  Persistence(Retries unreachable, Retries busy, Duration within) {
    breaker =
        CircuitBreaker.builder()
            .handleIf(Persistence::isFailureOfService)
            .withFailureThreshold(FAILURES_IN_A_ROW)
            .withDelay(LEFT_ALONE)
            .withSuccessThreshold(1)
            .build();
    executor =
        Failsafe.with(
            breaker,
            policy(Kind.UNREACHABLE, unreachable, within),
            policy(Kind.BUSY, busy, within));
  }

  /**
   * How often something is tried again.
   *
   * @param most how often at most
   * @param pause how long to wait before the first time; twice as long before each further one
   */
  record Retries(int most, Duration pause) {}

  private static RetryPolicy<Object> policy(Kind kind, Retries retries, Duration within) {
    if (retries.pause.compareTo(within) >= 0) {
      return RetryPolicy.builder().withMaxRetries(0).build(); // none would fit
    }
    Duration pause = retries.pause.isZero() ? Duration.ofMillis(1) : retries.pause;
    Duration longest =
        pause.compareTo(LONGEST_PAUSE) < 0 ? LONGEST_PAUSE : pause.plus(LONGEST_PAUSE);
    return RetryPolicy.builder()
        .handleIf(e -> isOfKind(e, kind))
        .withMaxRetries(retries.most)
        .withBackoff(pause, longest)
        .withMaxDuration(within)
        .build();
  }

  /** Tells whether the service is at fault: not where it is well, or was not asked. */
  private static boolean isFailureOfService(Throwable e) {
    return !isOfKind(e, Kind.REFUSED)
        && !isOfKind(e, Kind.NOT_MADE)
        && !(e instanceof FailsafeException); // interrupted between two attempts
  }

  private static boolean isOfKind(Throwable e, Kind kind) {
    return e instanceof CallFailure failure && failure.kind() == kind;
  }

  /** Notes that a guest gave up waiting for a call, which goes on. */
  void overdue() {
    breaker.recordFailure();
  }

  /** Tells whether the service is left alone now. */
  boolean isPausing() {
    return breaker.isOpen() && !breaker.getRemainingDelay().isZero();
  }

  /**
   * Makes a call.
   *
   * @throws CallFailure when it failed in the end, or was not made
   */
  <R> R run(Supplier<R> call) {
    try {
      R answer = executor.get(call::get);
      if (breaker.isOpen()) {
        breaker.close(); // it began before the others failed
      }
      return answer;
    } catch (CircuitBreakerOpenException e) {
      throw new CallFailure(Kind.NOT_MADE, "it is left alone for some seconds after failures", e);
    } catch (FailsafeException e) {
      throw new CallFailure(Kind.NOT_MADE, "a call was given up", e);
    }
  }
}
