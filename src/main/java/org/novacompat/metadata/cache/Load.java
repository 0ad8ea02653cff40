// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.cache;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.novacompat.metadata.instance.StoreUnavailableException;

/**
 * One question to the store that is under way. It stands in the cache for an instance that was not
 * there, and is never completed itself: requests wait for its answer.
 */
final class Load extends CompletableFuture<CachedInstance> {
  /** After that a load is given up for lost, and another may begin. */
  private static final long MAX_NANOS = Duration.ofSeconds(10).toNanos();

  private final String key;
  private final CompletableFuture<CachedInstance> replaced;
  private final Optional<CachedInstance> seen;
  private final boolean inBackground;
  private final long begun = System.nanoTime();
  private final CompletableFuture<Optional<CachedInstance>> answer = new CompletableFuture<>();
  private volatile boolean ended;

  /** A load takes longer than a request waits. */
  static final class OverdueException extends Exception {
    private static final long serialVersionUID = 1L;

    private OverdueException(Duration timeout, TimeoutException cause) {
      super("no answer within " + timeout.toMillis() + " ms", cause);
    }
  }

  private Load(
      String key,
      CompletableFuture<CachedInstance> replaced,
      Optional<CachedInstance> seen,
      boolean inBackground) {
    this.key = key;
    this.replaced = replaced == null ? this : replaced;
    this.seen = seen;
    this.inBackground = inBackground;
  }

  /** Loads an instance that is not cached. */
  static Load first(String key) {
    return new Load(key, null, Optional.empty(), false);
  }

  /** Loads a cached instance again for a request that waits. */
  static Load again(String key, CompletableFuture<CachedInstance> replaced, CachedInstance seen) {
    return new Load(key, replaced, Optional.of(seen), false);
  }

  /** Loads a cached instance again without a request that waits. */
  static Load inBackground(
      String key, CompletableFuture<CachedInstance> replaced, CachedInstance seen) {
    return new Load(key, replaced, Optional.of(seen), true);
  }

  /** A load that another request has just seen to its end. */
  static Load ended(String key, CachedInstance found) {
    Load load = first(key);
    load.end();
    load.succeed(Optional.of(found));
    return load;
  }

  String key() {
    return key;
  }

  /** What the cache holds until this load replaces it: this, or the instance as it was. */
  CompletableFuture<CachedInstance> replaced() {
    return replaced;
  }

  Optional<CachedInstance> seen() {
    return seen;
  }

  /** Whether it began without a request that waits for it. */
  boolean isInBackground() {
    return inBackground;
  }

  boolean isLost() {
    return !ended && System.nanoTime() - begun > MAX_NANOS;
  }

  void end() {
    ended = true;
  }

  boolean hasEnded() {
    return ended;
  }

  void succeed(Optional<CachedInstance> found) {
    answer.complete(found);
  }

  /** Tells requests why there is no answer, perhaps while the load goes on. */
  void fail(Throwable why) {
    answer.completeExceptionally(why);
  }

  /**
   * Waits for the answer.
   *
   * @param timeout how long after the beginning the answer must be there
   * @throws StoreUnavailableException when the store could not be asked
   * @throws OverdueException when there is no answer by then
   */
  Optional<CachedInstance> await(Duration timeout)
      throws StoreUnavailableException, OverdueException {
    try {
      long left = timeout.toNanos() - (System.nanoTime() - begun);
      return answer.get(Math.max(0, left), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new OverdueException(timeout, e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StoreUnavailableException unavailable) {
        throw unavailable;
      }
      throw e.getCause() instanceof RuntimeException broken
          ? broken
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("interrupted while waiting for an instance", e);
    }
  }
}
