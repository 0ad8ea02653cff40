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
import org.novacompat.metadata.config.NovaConf;
import org.novacompat.metadata.config.ServiceOptions;
import org.novacompat.metadata.keystone.ServiceCallException.Kind;

/**
 * How often a service is tried: a failed connection and a busy answer again, with growing pauses
 * and within the time that a guest waits; and after failures in a row not at all for a pause, then
 * once.
 */
final class RetryPolicies {
  private static final int FAILURES_IN_A_ROW = 2;
  private static final Duration MAX_DELAY = Duration.ofSeconds(60);

  private final CircuitBreaker<Object> breaker;
  private final FailsafeExecutor<Object> executor;

  /**
   * Creates them in the healthy state.
   *
   * @param connectRetries how often a connection is tried again when the group does not say
   */
  RetryPolicies(NovaConf conf, ServiceOptions options, int connectRetries, WaitTimes times) {
    breaker =
        CircuitBreaker.builder()
            .handleIf(RetryPolicies::isFailureOfService)
            .withFailureThreshold(FAILURES_IN_A_ROW)
            .withDelay(times.pause())
            .withSuccessThreshold(1)
            .build();
    executor =
        Failsafe.with(
            breaker,
            retries(
                Kind.UNREACHABLE,
                conf.get(options.connectRetries).orElse(connectRetries),
                conf.get(options.connectRetryDelay),
                times.guest()),
            retries(
                Kind.BUSY,
                conf.get(options.statusCodeRetries),
                conf.get(options.statusCodeRetryDelay),
                times.guest()));
  }

  private static RetryPolicy<Object> retries(
      Kind kind, int max, Duration configured, Duration within) {
    if (configured.compareTo(within) >= 0) {
      return RetryPolicy.builder().withMaxRetries(0).build(); // none would fit
    }
    Duration delay = configured.isZero() ? Duration.ofMillis(1) : configured;
    return RetryPolicy.builder()
        .handleIf(e -> isOfKind(e, kind))
        .withMaxRetries(Math.max(0, max))
        .withBackoff(delay, delay.plus(MAX_DELAY))
        .withMaxDuration(within)
        .build();
  }

  /** Tells whether the service failed: not where it works, or was not asked. */
  private static boolean isFailureOfService(Throwable e) {
    return !isOfKind(e, Kind.REFUSED)
        && !isOfKind(e, Kind.NOT_MADE)
        && !(e instanceof FailsafeException); // interrupted between two attempts
  }

  private static boolean isOfKind(Throwable e, Kind kind) {
    return e instanceof ServiceCallException failure && failure.kind() == kind;
  }

  /** Counts a failure: a guest gave up waiting for a call, which goes on. */
  void recordTimeout() {
    breaker.recordFailure();
  }

  /** Tells whether the service is not asked now. */
  boolean isPausing() {
    return breaker.isOpen() && !breaker.getRemainingDelay().isZero();
  }

  /**
   * Makes a call.
   *
   * @throws ServiceCallException when it failed in the end, or was not made
   */
  <R> R run(Supplier<R> call) {
    try {
      R answer = executor.get(call::get);
      if (breaker.isOpen()) {
        breaker.close(); // it began before the others failed
      }
      return answer;
    } catch (CircuitBreakerOpenException e) {
      throw new ServiceCallException(
          Kind.NOT_MADE, "it is left alone for some seconds after failures", e);
    } catch (FailsafeException e) {
      throw new ServiceCallException(Kind.NOT_MADE, "a call was given up", e);
    }
  }
}
