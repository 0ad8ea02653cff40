// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.novacompat.metadata.instance.StoreUnavailableException;

class SingleFlightCacheTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final AtomicInteger calls = new AtomicInteger();
  private final SingleFlightCache<String, Integer> cache = keeping(MINUTE);
  private final SingleFlightCache<String, Integer> forgetful = keeping(Duration.ZERO);

  @Test
  void callersAtTheSameTimeShareOneCall() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    ExecutorService guests = Executors.newFixedThreadPool(8);
    List<Future<Integer>> answers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      answers.add(
          guests.submit(
              () ->
                  forgetful.get(
                      "a",
                      key -> {
                        awaitQuietly(go);
                        return calls.incrementAndGet();
                      })));
    }
    Thread.sleep(100);
    go.countDown();
    for (Future<Integer> answer : answers) {
      assertEquals(1, answer.get());
    }
    guests.shutdown();
    assertEquals(2, forgetful.get("a", this::count));
  }

  @Test
  void asksAgainAfterAFailure() throws Exception {
    StoreUnavailableException away = new StoreUnavailableException("away", null);
    assertSame(
        away,
        assertThrows(
            StoreUnavailableException.class,
            () ->
                cache.get(
                    "a",
                    key -> {
                      throw away;
                    })));
    assertEquals(1, cache.get("a", this::count));
    assertEquals(1, cache.get("a", this::count));
  }

  @Test
  void tellsARuntimeExceptionAsItIs() {
    assertThrows(
        IllegalStateException.class,
        () ->
            cache.get(
                "a",
                key -> {
                  throw new IllegalStateException();
                }));
  }

  @Test
  void asksAgainWhenAnAnswerIsOld() throws Exception {
    SingleFlightCache<String, Integer> brief = keeping(Duration.ofMillis(50));
    assertEquals(1, brief.get("a", this::count));
    Thread.sleep(200);
    assertEquals(2, brief.get("a", this::count));
  }

  @Test
  void keepsNoAnswerOfACallThatBeganBeforeItWasForgotten() throws Exception {
    CompletableFuture<Integer> old = new CompletableFuture<>();
    CompletableFuture<Integer> waiting = cache.join("a", key -> old);
    cache.forget("a");
    assertEquals(1, cache.get("a", this::count));
    old.complete(-1);
    assertEquals(-1, waiting.join());
    assertEquals(1, cache.get("a", this::count));
  }

  @Test
  void asksAgainForWhatIsNotKept() throws Exception {
    SingleFlightCache<String, Integer> even =
        new SingleFlightCache<>(MINUTE, answer -> answer % 2 == 0);
    assertEquals(1, even.get("a", this::count));
    assertEquals(2, even.get("a", this::count));
    assertEquals(2, even.get("a", this::count));
  }

  private static SingleFlightCache<String, Integer> keeping(Duration expiry) {
    return new SingleFlightCache<>(expiry, any -> true);
  }

  private int count(String key) {
    return calls.incrementAndGet();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
