// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.keystone;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The token in use, renewed before it ends ({@code keystoneauth1/identity/base.py: get_access}).
 * There is one renewal at a time: others go on with the token as long as it is valid, and wait
 * otherwise. While Keystone is away, a valid token is used to its end.
 */
final class Tokens {
  private static final long BETWEEN_EARLY_RENEWALS = TimeUnit.SECONDS.toNanos(10);

  private final Supplier<Token> issuer;
  private final LongSupplier clock;
  private final AtomicReference<CompletableFuture<Token>> renewal = new AtomicReference<>();
  private final AtomicLong nextEarlyRenewal;
  // null: there is none
  private volatile Token token;

  /**
   * Starts without a token.
   *
   * @param issuer asks Keystone for a token, or throws a {@link CallFailure}
   * @param clock {@link System#nanoTime}
   */
  Tokens(Supplier<Token> issuer, LongSupplier clock) {
    this.issuer = issuer;
    this.clock = clock;
    this.nextEarlyRenewal = new AtomicLong(clock.getAsLong());
  }

  /** Gives a valid token. */
  Token current() {
    Token kept = token;
    long now = clock.getAsLong();
    if (kept == null || !kept.isValid(now)) {
      return renewed(kept);
    }
    return kept.isFresh(now) || !mayRenewEarly(now) ? kept : renewedEarly(kept);
  }

  /** Takes a token that was refused out of use. */
  void discard(Token refused) {
    synchronized (this) {
      if (token == refused) {
        token = null;
      }
    }
  }

  private boolean mayRenewEarly(long now) {
    long next = nextEarlyRenewal.get();
    return now - next >= 0 && nextEarlyRenewal.compareAndSet(next, now + BETWEEN_EARLY_RENEWALS);
  }

  private Token renewedEarly(Token kept) {
    try {
      return renewed(kept);
    } catch (CallFailure e) {
      return kept;
    }
  }

  /** Replaces a token that several may have found old at the same time. */
  private Token renewed(Token old) {
    CompletableFuture<Token> mine = new CompletableFuture<>();
    CompletableFuture<Token> running = renewal.compareAndExchange(null, mine);
    if (running != null) {
      return await(running);
    }
    try {
      Token meanwhile = token;
      Token result = meanwhile == null || meanwhile == old ? issuer.get() : meanwhile;
      synchronized (this) {
        token = result;
      }
      mine.complete(result);
      return result;
    } catch (RuntimeException | Error e) {
      mine.completeExceptionally(e);
      throw e;
    } finally {
      renewal.set(null);
    }
  }

  private static Token await(CompletableFuture<Token> running) {
    try {
      return running.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof CallFailure failure) {
        throw failure;
      }
      throw e;
    }
  }
}
