// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.cache;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import org.novacompat.metadata.instance.StoreUnavailableException;

/**
 * Answers of remote services by key: callers that want one at the same time share one call, and an
 * answer is kept until it expires. A failure is told to all who share the call and is not kept.
 *
 * @param <K> what is asked for
 * @param <V> the answer
 */
public final class SingleFlightCache<K, V> {
  private static final int MAX_ANSWERS = 200_000;

  private static final Duration MAX_CALL = Duration.ofSeconds(10);

  private final Predicate<? super V> keeps;
  private final Duration maxCall;

  // The answer is a future within the future: Caffeine logs a warning for a future that fails.
  private final AsyncCache<K, CompletableFuture<V>> answers;

  /**
   * A call that blocks its caller.
   *
   * @param <K> what is asked for
   * @param <V> the answer
   */
  @FunctionalInterface
  public interface Source<K, V> {
    /**
     * Asks for an answer.
     *
     * @param key what is asked for
     * @return the answer
     * @throws StoreUnavailableException when there is no answer now
     */
    V answer(K key) throws StoreUnavailableException;
  }

  /**
   * Creates an empty cache.
   *
   * @param expiry how long an answer is kept; with zero only a call under way is shared
   * @param keeps tells which answers are kept at all
   */
  public SingleFlightCache(Duration expiry, Predicate<? super V> keeps) {
    this(expiry, keeps, MAX_CALL);
  }

  /**
   * Creates a cache that keeps no answer: only calls under way are shared.
   *
   * @param maxCall after that a call fails with a {@link java.util.concurrent.TimeoutException}
   */
  public SingleFlightCache(Duration maxCall) {
    this(Duration.ZERO, answer -> false, maxCall);
  }

  private SingleFlightCache(Duration expiry, Predicate<? super V> keeps, Duration maxCall) {
    this.maxCall = maxCall;
    this.keeps = expiry.isZero() ? answer -> false : keeps;
    this.answers =
        Caffeine.newBuilder()
            .maximumSize(MAX_ANSWERS)
            .expireAfterWrite(expiry.isZero() ? Duration.ofDays(1) : expiry)
            .executor(Runnable::run)
            .buildAsync();
  }

  /**
   * Gives the answer that is kept or under way, or begins a call.
   *
   * @param key what is asked for
   * @param call begins the call, on this thread and outside of any lock
   * @return the answer; fails as the call fails, or after {@code maxCall}, which is 10 s unless
   *     told otherwise
   */
  public CompletableFuture<V> join(K key, Function<? super K, ? extends CompletionStage<V>> call) {
    CompletableFuture<CompletableFuture<V>> mine = new CompletableFuture<>();
    CompletableFuture<CompletableFuture<V>> shared = answers.get(key, (any, threads) -> mine);
    if (shared == mine) {
      begin(key, call)
          .orTimeout(maxCall.toNanos(), TimeUnit.NANOSECONDS)
          .whenComplete((answer, failure) -> end(key, mine, answer, failure));
    }
    return shared.thenCompose(answer -> answer);
  }

  /**
   * Gives the answer that is kept, waits for the one under way, or asks for it on this thread.
   *
   * @param key what is asked for
   * @param source answers
   * @return the answer
   * @throws StoreUnavailableException when the source throws it
   */
  public V get(K key, Source<? super K, V> source) throws StoreUnavailableException {
    try {
      return join(key, asked -> ask(source, asked)).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof StoreUnavailableException unavailable) {
        throw unavailable;
      }
      throw e.getCause() instanceof RuntimeException broken ? broken : e;
    }
  }

  private static <K, V> CompletableFuture<V> ask(Source<? super K, V> source, K key) {
    try {
      return CompletableFuture.completedFuture(source.answer(key));
    } catch (StoreUnavailableException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static <K, V> CompletableFuture<V> begin(
      K key, Function<? super K, ? extends CompletionStage<V>> call) {
    try {
      return call.apply(key).toCompletableFuture().copy();
    } catch (RuntimeException | Error e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Makes way for the next call before anyone learns of the end of this one. */
  private void end(K key, CompletableFuture<CompletableFuture<V>> mine, V answer, Throwable e) {
    boolean kept = false;
    Throwable failure = e;
    try {
      kept = e == null && keeps.test(answer);
    } catch (RuntimeException | Error broken) {
      failure = broken;
    }
    if (!kept) {
      answers.asMap().remove(key, mine);
    }
    mine.complete(
        failure == null
            ? CompletableFuture.completedFuture(answer)
            : CompletableFuture.failedFuture(cause(failure)));
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException ? failure.getCause() : failure;
  }
}
