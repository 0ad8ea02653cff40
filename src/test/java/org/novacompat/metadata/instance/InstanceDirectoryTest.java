// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.instance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InstanceDirectoryTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private final AtomicInteger loads = new AtomicInteger();

  @Test
  void loadsAnInstanceOnceWhileItIsBelieved() throws Exception {
    InstanceDirectory<String> directory = directory(this::found, MINUTE);
    assertSame(directory.find("a").orElseThrow(), directory.find("a").orElseThrow());
    assertEquals(1, loads.get());
  }

  @Test
  void keepsNothingWithoutAnExpiry() throws Exception {
    InstanceDirectory<String> directory = directory(this::found, Duration.ZERO);
    directory.find("a");
    directory.find("a");
    assertEquals(2, loads.get());
  }

  @Test
  void sharesOneLoadAmongAllWhoAskMeanwhile() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    InstanceDirectory<String> directory =
        directory(
            uuid -> {
              asked.countDown();
              awaitQuietly(go);
              return found(uuid);
            },
            Duration.ZERO);
    ExecutorService guests = Executors.newFixedThreadPool(8);
    List<Future<Optional<InstanceDirectory.Entry<String>>>> answers = new ArrayList<>();
    answers.add(guests.submit(() -> directory.find("a")));
    asked.await();
    AtomicInteger under = new AtomicInteger();
    for (int i = 0; i < 7; i++) {
      answers.add(
          guests.submit(
              () -> {
                under.incrementAndGet();
                return directory.find("a");
              }));
    }
    while (under.get() < 7) {
      Thread.onSpinWait();
    }
    Thread.sleep(100);
    go.countDown();
    for (Future<Optional<InstanceDirectory.Entry<String>>> answer : answers) {
      assertEquals("view of a", answer.get().orElseThrow().view());
    }
    guests.shutdown();
    assertEquals(1, loads.get());
  }

  @Test
  void asksAgainForAnInstanceThatWasNotThere() throws Exception {
    InstanceDirectory<String> directory =
        directory(uuid -> loads.incrementAndGet() == 1 ? Optional.empty() : found(uuid), MINUTE);
    assertEquals(Optional.empty(), directory.find("a"));
    assertEquals(true, directory.find("a").isPresent());
  }

  @Test
  void asksAgainAfterAFailure() throws Exception {
    InstanceDirectory<String> directory =
        directory(
            uuid -> {
              if (loads.incrementAndGet() == 1) {
                throw new StoreUnavailableException("away", new IllegalStateException());
              }
              return found(uuid);
            },
            MINUTE);
    assertThrows(StoreUnavailableException.class, () -> directory.find("a"));
    assertEquals(true, directory.find("a").isPresent());
  }

  @Test
  void loadsAnInstanceAgainThatItWasToForget() throws Exception {
    InstanceDirectory<String> directory = directory(this::found, MINUTE);
    directory.find("a");
    directory.forget("a");
    directory.forget("b");
    directory.find("a");
    assertEquals(2, loads.get());
  }

  @Test
  void keepsNoLoadThatBeganBeforeItWasToForget() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    InstanceDirectory<String> directory =
        directory(
            uuid -> {
              asked.countDown();
              awaitQuietly(go);
              return found(uuid);
            },
            MINUTE);
    ExecutorService guest = Executors.newSingleThreadExecutor();
    Future<?> before = guest.submit(() -> directory.find("a"));
    asked.await();
    directory.forget("a");
    go.countDown();
    before.get();
    guest.shutdown();
    directory.find("a");
    assertEquals(2, loads.get());
  }

  private static InstanceDirectory<String> directory(InstanceStore store, Duration expiry) {
    return new InstanceDirectory<>(store, instance -> "view of " + instance.uuid(), expiry);
  }

  private Optional<Instance> found(String uuid) {
    loads.incrementAndGet();
    return Optional.of(Instances.typical().uuid(uuid).build());
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
