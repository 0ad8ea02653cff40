// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.keystone;

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
import org.novacompat.metadata.keystone.CallFailure.Kind;

/**
 * The token in use, renewed before it ends ({@code keystoneauth1/identity/base.py: get_access}).
 * Logins are made in threads of their own, and go on when those who wait give up. There is one at a
 * time, and another when it takes so long that it may be lost. While a token is valid, nobody waits
 * for the next, and it is used to its end while Keystone is away.
 */
final class Tokens {
  private static final long BETWEEN_EARLY_RENEWALS = TimeUnit.SECONDS.toNanos(10);

  /** After that a login may be lost, and another is begun beside it. */
  private static final long LOST = TimeUnit.SECONDS.toNanos(10);

  /** How many logins a question waits for, each until it may be lost. */
  private static final int MAX_LOGINS = 3;

  private final Supplier<Token> issuer;
  private final Executor threads;
  private final Consumer<CallFailure> earlyFailure;
  private final LongSupplier clock;
  private final AtomicReference<Renewal> renewal = new AtomicReference<>();
  private final AtomicLong nextEarlyRenewal;
  // null: there is none
  private volatile Token token;

  private record Renewal(long begun, CompletableFuture<Token> result) {}

  /**
   * Starts without a token.
   *
   * @param issuer asks Keystone for a token, or throws a {@link CallFailure}
   * @param threads where it is asked
   * @param earlyFailure told of a failure that keeps nobody waiting
   * @param clock {@link System#nanoTime}
   */
  Tokens(
      Supplier<Token> issuer,
      Executor threads,
      Consumer<CallFailure> earlyFailure,
      LongSupplier clock) {
    this.issuer = issuer;
    this.threads = threads;
    this.earlyFailure = earlyFailure;
    this.clock = clock;
    this.nextEarlyRenewal = new AtomicLong(clock.getAsLong());
  }

  /**
   * Gives a valid token.
   *
   * @throws CallFailure when there is none
   */
  Token current() {
    Token kept = token;
    long now = clock.getAsLong();
    if (kept == null || !kept.isValid(now)) {
      return awaited(kept);
    }
    if (!kept.isFresh(now) && mayRenewEarly(now)) {
      renewed(kept, now).whenComplete((next, failure) -> tellEarly(failure));
    }
    return kept;
  }

  /** Tells whether a valid token is in use, so that nobody waits for one. */
  boolean hasValid() {
    Token kept = token;
    return kept != null && kept.isValid(clock.getAsLong());
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

  private void tellEarly(Throwable failure) {
    if (failure instanceof CallFailure why) {
      earlyFailure.accept(why);
    }
  }

  /** The login under way, begun now if there is none, or if it may be lost. */
  private CompletableFuture<Token> renewed(Token old, long now) {
    Renewal running = renewal.get();
    if (running != null && now - running.begun < LOST) {
      return running.result;
    }
    Renewal mine = new Renewal(now, new CompletableFuture<>());
    Renewal other = renewal.compareAndExchange(running, mine);
    if (other != running) {
      return other == null ? renewed(old, now) : other.result;
    }
    if (running != null) {
      mine.result.thenAccept(running.result::complete);
    }
    try {
      threads.execute(() -> renew(old, mine));
    } catch (RejectedExecutionException e) {
      ended(mine).completeExceptionally(new CallFailure(Kind.NOT_MADE, "the service ends", e));
    }
    return mine.result;
  }

  /** Replaces a token that several may have found old at the same time. */
  private void renew(Token old, Renewal mine) {
    try {
      Token meanwhile = token;
      Token result = meanwhile == null || meanwhile == old ? issuer.get() : meanwhile;
      synchronized (this) {
        token = result;
      }
      ended(mine).complete(result);
    } catch (RuntimeException | Error e) {
      ended(mine).completeExceptionally(e);
    }
  }

  /** Makes way for the next first, so that nobody is given what has been discarded since. */
  private CompletableFuture<Token> ended(Renewal mine) {
    renewal.compareAndSet(mine, null);
    return mine.result;
  }

  private Token awaited(Token old) {
    for (int logins = 0; logins < MAX_LOGINS; logins++) {
      try {
        return renewed(old, clock.getAsLong()).get(LOST, TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        continue; // it may be lost
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CallFailure(Kind.NOT_MADE, "a call was given up", e);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof CallFailure failure) {
          throw failure;
        }
        throw new IllegalStateException(e.getCause());
      }
    }
    throw new CallFailure("there is no token in time");
  }
}
