// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.keystone;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.novacompat.metadata.cache.SingleFlightCache;
import org.novacompat.metadata.keystone.ServiceCallException.Kind;

/**
 * The token in use, renewed before it ends ({@code keystoneauth1/identity/base.py: get_access}).
 * Those who need one at the same time share a login, which goes on in the background when they give
 * up. After a while it counts as lost, and another is begun beside it. While a token is valid, no
 * request waits for the next, and it is used to its end while Keystone is away.
 */
final class Tokens {
  private static final String LOGIN = "login";
  private static final long BETWEEN_EARLY_RENEWALS = TimeUnit.SECONDS.toNanos(10);

  /** How many logins a question waits for, each until it counts as lost. */
  private static final int MAX_LOGINS = 3;

  private final Supplier<Token> issuer;
  private final Executor threads;
  private final Consumer<ServiceCallException> earlyFailure;
  private final LongSupplier clock;
  private final SingleFlightCache<String, Token> logins;
  private final AtomicLong nextEarlyRenewal;
  // null: there is none
  private final AtomicReference<Token> token = new AtomicReference<>();

  /**
   * Starts without a token.
   *
   * @param issuer asks Keystone for a token, or throws a {@link ServiceCallException}
   * @param threads where it is asked
   * @param lost after how long a login counts as lost
   * @param earlyFailure told of a failure for which no request waits
   * @param clock {@link System#nanoTime}
   */
  Tokens(
      Supplier<Token> issuer,
      Executor threads,
      Duration lost,
      Consumer<ServiceCallException> earlyFailure,
      LongSupplier clock) {
    this.issuer = issuer;
    this.threads = threads;
    this.earlyFailure = earlyFailure;
    this.clock = clock;
    this.logins = new SingleFlightCache<>(lost);
    this.nextEarlyRenewal = new AtomicLong(clock.getAsLong());
  }

  /**
   * Gives a valid token.
   *
   * @throws ServiceCallException when there is none
   * @throws RejectedExecutionException when there is none and this service ends
   */
  Token current() {
    for (int attempts = 0; attempts < MAX_LOGINS; attempts++) {
      Token kept = token.get();
      if (kept != null && kept.isValid(clock.getAsLong())) {
        renewEarly(kept);
        return kept;
      }
      try {
        return login().get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ServiceCallException(Kind.NOT_MADE, "a call was given up", e);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof ServiceCallException failure) {
          throw failure;
        }
        if (e.getCause() instanceof RejectedExecutionException ending) {
          throw ending;
        }
        if (!(e.getCause() instanceof TimeoutException)) {
          throw new IllegalStateException(e.getCause());
        }
      }
    }
    throw new ServiceCallException("there is no token in time");
  }

  /** Tells whether a valid token is in use, so that no request waits for one. */
  boolean hasValid() {
    Token kept = token.get();
    return kept != null && kept.isValid(clock.getAsLong());
  }

  /** Takes a token that a service refused out of use. */
  void discard(Token refused) {
    token.compareAndSet(refused, null);
  }

  /** The login under way, or a new one; its token is used even if it comes after it is lost. */
  private CompletableFuture<Token> login() {
    return logins.join(LOGIN, any -> CompletableFuture.supplyAsync(this::freshToken, threads));
  }

  /** The token of a login that has just ended, or a new one. */
  private Token freshToken() {
    Token kept = token.get();
    if (kept != null && kept.isFresh(clock.getAsLong())) {
      return kept;
    }
    Token issued = issuer.get();
    token.set(issued);
    return issued;
  }

  private void renewEarly(Token old) {
    long now = clock.getAsLong();
    long next = nextEarlyRenewal.get();
    if (!old.isFresh(now)
        && now - next >= 0
        && nextEarlyRenewal.compareAndSet(next, now + BETWEEN_EARLY_RENEWALS)) {
      login()
          .whenComplete(
              (renewed, failure) -> {
                if (failure != null && failure.getCause() instanceof ServiceCallException why) {
                  earlyFailure.accept(why);
                }
              });
    }
  }
}
