// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.keystone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TokensTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration LOST = Duration.ofMillis(400);

  private final ExecutorService guests = Executors.newCachedThreadPool();
  private final AtomicLong now = new AtomicLong(System.nanoTime());
  private final AtomicInteger issued = new AtomicInteger();
  private volatile boolean keystoneIsAway;
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private final List<ServiceCallException> early = new CopyOnWriteArrayList<>();
  private volatile Executor threads = Runnable::run;
  private final Tokens tokens =
      new Tokens(this::issue, task -> threads.execute(task), LOST, early::add, now::get);

  @AfterEach
  void stopGuests() {
    guests.shutdownNow();
  }

  @Test
  void aTokenIsKeptWhileItIsFresh() {
    Token first = tokens.current();
    pass(HOUR.minusSeconds(121));
    assertSame(first, tokens.current());
    pass(Duration.ofSeconds(2));
    assertSame(first, tokens.current(), "nobody waits for the next");
    assertNotSame(first, tokens.current());
    assertEquals(2, issued.get());
  }

  @Test
  void allWhoNeedTheFirstTokenShareOneRenewal() throws Exception {
    gate = new CountDownLatch(1);
    threads = guests;
    List<Future<Token>> answers = ask(20);
    gate.countDown();
    Set<Token> seen = new HashSet<>();
    for (Future<Token> guest : answers) {
      seen.add(guest.get());
    }
    assertEquals(1, seen.size());
    assertEquals(1, issued.get());
  }

  @Test
  void nobodyWaitsForTheNextTokenWhileTheLastIsValid() throws Exception {
    Token old = tokens.current();
    pass(HOUR.minusSeconds(60));
    gate = new CountDownLatch(1);
    threads = guests;
    assertSame(old, tokens.current());
    while (issued.get() < 2) {
      Thread.sleep(1);
    }
    assertSame(old, tokens.current());
    gate.countDown();
    while (tokens.current() == old) {
      Thread.sleep(1);
    }
    assertEquals(2, issued.get());
  }

  @Test
  void aLoginGoesOnWithoutThoseWhoGaveUpAndMayBeLost() throws Exception {
    gate = new CountDownLatch(1);
    threads = guests;
    Future<Token> first = guests.submit(tokens::current);
    Future<Token> second = guests.submit(tokens::current);
    while (issued.get() < 1) {
      Thread.sleep(1);
    }
    first.cancel(true);
    CountDownLatch firstGate = gate;
    gate = new CountDownLatch(0);
    Future<Token> third = guests.submit(tokens::current);
    Thread.sleep(50);
    assertEquals(1, issued.get());
    Thread.sleep(LOST.toMillis());
    assertEquals("token-2", tokens.current().id());
    assertEquals("token-2", second.get().id());
    assertEquals("token-2", third.get().id());
    firstGate.countDown();
  }

  @Test
  void aValidTokenIsUsedToItsEndWhileKeystoneIsAway() {
    Token old = tokens.current();
    pass(HOUR.minusSeconds(60));
    keystoneIsAway = true;
    assertSame(old, tokens.current());
    assertSame(old, tokens.current());
    assertEquals(2, issued.get(), "one attempt, and not a second right after it");
    assertEquals(1, early.size());
    pass(Duration.ofSeconds(61));
    assertThrows(ServiceCallException.class, tokens::current);
    keystoneIsAway = false;
    assertNotSame(old, tokens.current());
  }

  @Test
  void allWhoWaitShareAFailure() throws Exception {
    keystoneIsAway = true;
    gate = new CountDownLatch(1);
    threads = guests;
    List<Future<Token>> answers = ask(20);
    gate.countDown();
    for (Future<Token> guest : answers) {
      assertThrows(Exception.class, guest::get);
    }
    assertEquals(1, issued.get());
  }

  @Test
  void aRefusedTokenIsReplacedOnceHoweverManySawItRefused() {
    Token refused = tokens.current();
    tokens.discard(refused);
    Token next = tokens.current();
    tokens.discard(refused);
    assertSame(next, tokens.current());
    assertEquals(2, issued.get());
  }

  @Test
  void aLoginThatBeginsAfterAnotherHasEndedTakesItsToken() {
    List<Runnable> waiting = new ArrayList<>();
    Token old = tokens.current();
    pass(HOUR.minusSeconds(60));
    threads = waiting::add;
    assertSame(old, tokens.current());
    tokens.discard(old);
    threads = Runnable::run;
    waiting.forEach(Runnable::run);
    Token next = tokens.current();
    waiting.forEach(Runnable::run);
    assertSame(next, tokens.current());
    assertEquals(2, issued.get());
  }

  @Test
  void whenThisServiceEndsALoginIsNotMade() {
    threads =
        task -> {
          throw new RejectedExecutionException();
        };
    assertThrows(RejectedExecutionException.class, tokens::current);
  }

  @Test
  void aShortLivedTokenIsRenewedAtHalfItsTime() {
    Token token =
        new Token(
            "t",
            0,
            Duration.ofSeconds(60),
            new ServiceCatalog(JsonNodeFactory.instance.arrayNode()));
    assertEquals(true, token.isFresh(Duration.ofSeconds(29).toNanos()));
    assertEquals(false, token.isFresh(Duration.ofSeconds(31).toNanos()));
  }

  private List<Future<Token>> ask(int count) throws InterruptedException {
    List<Future<Token>> answers = new ArrayList<>();
    CountDownLatch started = new CountDownLatch(count);
    for (int i = 0; i < count; i++) {
      answers.add(
          guests.submit(
              () -> {
                started.countDown();
                return tokens.current();
              }));
    }
    started.await();
    Thread.sleep(50);
    return answers;
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  private Token issue() {
    String id = "token-" + issued.incrementAndGet();
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    if (keystoneIsAway) {
      throw new ServiceCallException("Keystone is away");
    }
    return new Token(id, now.get(), HOUR, new ServiceCatalog(JsonNodeFactory.instance.arrayNode()));
  }
}
