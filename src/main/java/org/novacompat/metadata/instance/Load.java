// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.instance;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One question to the store that is under way, and those who wait for its answer. They need not
 * wait to the end.
 *
 * @param uuid the instance asked for
 * @param seen what is kept of it, and is to be replaced
 * @param isInBackground whether it began though nobody waited for it
 * @param begun when, as {@link System#nanoTime} tells
 * @param answer what comes of it
 * @param state how it goes
 * @param <E> what is found
 */
record Load<E>(
    String uuid,
    Optional<E> seen,
    boolean isInBackground,
    long begun,
    CompletableFuture<Optional<E>> answer,
    AtomicReference<State> state) {

  private enum State {
    UNDER_WAY,
    OVERDUE,
    ENDED
  }

  static <E> Load<E> now(String uuid, Optional<E> seen, boolean isInBackground) {
    return new Load<>(
        uuid,
        seen,
        isInBackground,
        System.nanoTime(),
        new CompletableFuture<>(),
        new AtomicReference<>(State.UNDER_WAY));
  }

  boolean isOlderThan(Duration age) {
    return System.nanoTime() - begun > age.toNanos();
  }

  /** Notes that somebody gave up waiting; true for the first who did while it was under way. */
  boolean becomesOverdue() {
    return state.compareAndSet(State.UNDER_WAY, State.OVERDUE);
  }

  /** Notes that it came to its end; true when it was overdue. */
  boolean endsOverdue() {
    return state.getAndSet(State.ENDED) == State.OVERDUE;
  }

  /**
   * Waits for the answer.
   *
   * @param patience how long after the beginning the answer must be there
   * @throws StoreUnavailableException when the store could not be asked
   * @throws TimeoutException when there is no answer by then
   */
  Optional<E> await(Duration patience) throws StoreUnavailableException, TimeoutException {
    try {
      long left = patience.toNanos() - (System.nanoTime() - begun);
      return answer.get(Math.max(0, left), TimeUnit.NANOSECONDS);
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
