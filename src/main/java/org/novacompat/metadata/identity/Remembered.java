// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.identity;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;
import org.novacompat.metadata.instance.StoreUnavailableException;

/**
 * Answers that cost a call to elsewhere: kept for a while, and asked for once however many want one
 * at the same time.
 *
 * @param <K> what is asked for
 * @param <V> the answer
 */
final class Remembered<K, V> {
  private static final long MOST_ANSWERS = 200_000;

  private final Source<K, V> source;
  private final Predicate<V> keeps;
  private final ConcurrentMap<K, CompletableFuture<V>> answers;

  /** Where answers come from. */
  @FunctionalInterface
  interface Source<K, V> {
    V answer(K key) throws StoreUnavailableException;
  }

  /**
   * Remembers what a source answers.
   *
   * @param source where answers come from
   * @param expiry how long they are believed; with zero only those who ask at the same time share
   *     one
   * @param worthKeeping which answers are kept
   */
  Remembered(Source<K, V> source, Duration expiry, Predicate<V> worthKeeping) {
    this.source = source;
    this.keeps = expiry.isZero() ? answer -> false : worthKeeping;
    Caffeine<Object, Object> cache = Caffeine.newBuilder().maximumSize(MOST_ANSWERS);
    if (!expiry.isZero()) {
      cache.expireAfterWrite(expiry);
    }
    this.answers = cache.<K, CompletableFuture<V>>build().asMap();
  }

  V get(K key) throws StoreUnavailableException {
    CompletableFuture<V> kept = answers.get(key);
    if (kept == null) {
      CompletableFuture<V> asking = new CompletableFuture<>();
      kept = answers.putIfAbsent(key, asking);
      if (kept == null) {
        return ask(key, asking);
      }
    }
    return await(kept);
  }

  private V ask(K key, CompletableFuture<V> asking) throws StoreUnavailableException {
    try {
      V answer = source.answer(key);
      if (!keeps.test(answer)) {
        answers.remove(key, asking);
      }
      asking.complete(answer);
      return answer;
    } catch (StoreUnavailableException | RuntimeException | Error e) {
      answers.remove(key, asking);
      asking.completeExceptionally(e);
      throw e;
    }
  }

  private static <V> V await(CompletableFuture<V> asking) throws StoreUnavailableException {
    try {
      return asking.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof StoreUnavailableException unavailable) {
        throw unavailable;
      }
      throw e;
    }
  }
}
