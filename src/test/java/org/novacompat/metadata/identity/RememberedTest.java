// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.novacompat.metadata.instance.StoreUnavailableException;

class RememberedTest {
  private final AtomicInteger calls = new AtomicInteger();

  @Test
  void asksOnceForAllWhoAskMeanwhile() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    Remembered<String, Integer> remembered =
        new Remembered<>(
            key -> {
              awaitQuietly(go);
              return calls.incrementAndGet();
            },
            Duration.ZERO,
            any -> true);
    ExecutorService guests = Executors.newFixedThreadPool(8);
    List<Future<Integer>> answers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      answers.add(guests.submit(() -> remembered.get("a")));
    }
    Thread.sleep(100);
    go.countDown();
    for (Future<Integer> answer : answers) {
      assertEquals(1, answer.get());
    }
    guests.shutdown();
    assertEquals(2, remembered.get("a"));
  }

  @Test
  void asksAgainAfterAFailure() throws Exception {
    Remembered<String, Integer> remembered =
        new Remembered<>(
            key -> {
              if (calls.incrementAndGet() == 1) {
                throw new StoreUnavailableException("away", new IllegalStateException());
              }
              return calls.get();
            },
            Duration.ofMinutes(1),
            any -> true);
    assertThrows(StoreUnavailableException.class, () -> remembered.get("a"));
    assertEquals(2, remembered.get("a"));
    assertEquals(2, remembered.get("a"));
  }

  @Test
  void asksAgainWhenAnAnswerIsOld() throws Exception {
    Remembered<String, Integer> remembered =
        new Remembered<>(key -> calls.incrementAndGet(), Duration.ofMillis(50), any -> true);
    assertEquals(1, remembered.get("a"));
    Thread.sleep(200);
    assertEquals(2, remembered.get("a"));
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
