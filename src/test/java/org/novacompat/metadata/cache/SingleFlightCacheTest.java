// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
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
    List<Thread> threads = new CopyOnWriteArrayList<>();
    ExecutorService guests =
        Executors.newFixedThreadPool(
            8,
            task -> {
              threads.add(new Thread(task));
              return threads.get(threads.size() - 1);
            });
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
    while (!threads.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING)) {
      Thread.sleep(1);
    }
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
    while (brief.get("a", this::count) == 1) {
      Thread.onSpinWait();
    }
    assertEquals(2, calls.get());
  }

  @Test
  void tellsThatItCannotTellWhetherToKeepAnAnswer() throws Exception {
    SingleFlightCache<String, Integer> broken =
        new SingleFlightCache<>(
            MINUTE,
            answer -> {
              throw new IllegalStateException();
            });
    CompletableFuture<Integer> answer =
        broken.join("a", key -> CompletableFuture.completedFuture(1));
    assertTrue(answer.isCompletedExceptionally());
    assertThrows(IllegalStateException.class, () -> broken.get("a", this::count));
    assertEquals(1, calls.get(), "is not kept");
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
