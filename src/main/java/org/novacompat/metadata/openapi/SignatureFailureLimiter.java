// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.openapi;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Which networks have made too many calls within a minute that are not signed right, and which have
 * signed right within the last hour. Neither keeps out a call that is signed right, so that a
 * caller without an access key can lock none, from any network and with any key's name; they decide
 * how patiently a call is listened to before it is known whose it is.
 *
 * <p>A network is an address; of IPv6 its first 64 bits, which one host has for itself.
 */
final class SignatureFailureLimiter {
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final Duration TRUST = Duration.ofHours(1);
  private static final int MAX_NETWORKS = 10_000;

  private final int max;
  private final Cache<String, AtomicInteger> failures;
  private final Cache<String, Boolean> trusted;

  SignatureFailureLimiter(int max, Ticker ticker) {
    this.max = max;
    this.failures =
        Caffeine.newBuilder()
            .ticker(ticker)
            .expireAfterWrite(WINDOW)
            .maximumSize(MAX_NETWORKS)
            .build();
    this.trusted =
        Caffeine.newBuilder()
            .ticker(ticker)
            .expireAfterWrite(TRUST)
            .maximumSize(MAX_NETWORKS)
            .build();
  }

  boolean isReached(String network) {
    AtomicInteger count = failures.getIfPresent(network);
    return count != null && count.get() >= max;
  }

  /** Whether calls from there were signed right lately, and not too many were not. */
  boolean isTrusted(String network) {
    return trusted.getIfPresent(network) != null && !isReached(network);
  }

  void failed(String network) {
    failures.get(network, first -> new AtomicInteger()).incrementAndGet();
  }

  void succeeded(String network) {
    trusted.put(network, true);
  }
}
