// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.openapi;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many calls that are not signed right are listened to within a minute, from one network and
 * with one access key.
 *
 * <p>Who has signed right with this key from this network within the last hour is counted apart, so
 * that nobody can shut out the owner of a key by calling with its id.
 */
final class FailureLimit {
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final Duration TRUST = Duration.ofHours(1);
  private static final int MOST_REMEMBERED = 10_000;

  /**
   * Where a call comes from.
   *
   * @param network the caller's address; for IPv6 its first 64 bits, which one host has for itself
   * @param accessKey the id of the access key that it names; empty when it names none
   */
  record Source(String network, String accessKey) {}

  private final int most;
  private final Cache<Object, AtomicInteger> failures;
  private final Cache<Source, Boolean> trusted;

  FailureLimit(int most, Ticker ticker) {
    this.most = most;
    this.failures =
        Caffeine.newBuilder()
            .ticker(ticker)
            .expireAfterWrite(WINDOW)
            .maximumSize(MOST_REMEMBERED)
            .build();
    this.trusted =
        Caffeine.newBuilder()
            .ticker(ticker)
            .expireAfterAccess(TRUST)
            .maximumSize(MOST_REMEMBERED)
            .build();
  }

  boolean isReached(Source source) {
    return counted(source).stream()
        .map(failures::getIfPresent)
        .anyMatch(count -> count != null && count.get() >= most);
  }

  void failed(Source source) {
    counted(source)
        .forEach(key -> failures.get(key, first -> new AtomicInteger()).incrementAndGet());
  }

  void succeeded(Source source) {
    trusted.put(source, true);
  }

  private List<Object> counted(Source source) {
    if (trusted.getIfPresent(source) != null) {
      return List.of(source);
    }
    return source.accessKey().isEmpty()
        ? List.of("network " + source.network())
        : List.of("network " + source.network(), "access key " + source.accessKey());
  }
}
