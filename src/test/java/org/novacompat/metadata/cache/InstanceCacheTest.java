// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.novacompat.metadata.cache.InstanceCache.LoadTimeouts;
import org.novacompat.metadata.cache.ScriptedStore.Mood;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.tree.InstanceDocuments;

@Timeout(30)
class InstanceCacheTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final LoadTimeouts PATIENT = new LoadTimeouts(LONG, LONG);
  private static final LoadTimeouts IMPATIENT =
      new LoadTimeouts(Duration.ofMillis(60), Duration.ofMillis(20));
  private static final long ROOM = 16 << 20;

  private final ScriptedStore store = new ScriptedStore();
  private final AtomicLong clock = new AtomicLong(System.nanoTime());
  private final List<InstanceCache> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(InstanceCache::close);
  }

  @Test
  void loadsAnInstanceOnceWhileItIsBelieved() throws Exception {
    InstanceCache cache = keeping(MINUTE, HOUR);
    var first = cache.find("a").orElseThrow();
    pass(Duration.ofSeconds(39));
    assertSame(first, cache.find("a").orElseThrow());
    assertEquals(1, store.asked());
  }

  @Test
  void loadsAnInstanceAgainOnceItIsExpired() throws Exception {
    InstanceCache cache = keeping(MINUTE, HOUR);
    cache.find("a");
    pass(MINUTE);
    assertEquals("2", numberOf(cache.find("a")));
  }

  @Test
  void keepsNothingWithoutAnExpiry() throws Exception {
    InstanceCache cache = keeping(Duration.ZERO, HOUR);
    assertEquals("1", numberOf(cache.find("a")));
    assertEquals("2", numberOf(cache.find("a")));
    store.is(Mood.IS_AWAY);
    assertThrows(StoreUnavailableException.class, () -> cache.find("a"));
    assertEquals(0, cache.statistics().getInstances());
  }

  @Test
  void keepsWhatABackgroundLoadFoundThatEndsAfterTheExpiry() throws Exception {
    InstanceCache cache = keeping(MINUTE, Duration.ZERO);
    cache.find("a");
    store.is(Mood.HANGS);
    pass(Duration.ofSeconds(41));
    cache.find("a");
    await(() -> store.asked() == 2);
    pass(Duration.ofSeconds(20));
    store.is(Mood.ANSWERS);
    store.resume(1);
    assertEquals("2", numberOf(cache.find("a")));
    assertEquals("2", numberOf(cache.find("a")));
  }

  @Test
  void sharesNothingBetweenInstancesThatAreNotKept() throws Exception {
    InstanceCache cache = keeping(Duration.ZERO, HOUR);
    cache.find("a");
    cache.find("b");
    assertEquals(0, cache.statistics().getBytes());
  }

  @Test
  void sharesOneLoadAmongAllWhoAskMeanwhile() throws Exception {
    for (InstanceCache cache :
        List.of(
            keeping(MINUTE, HOUR),
            keeping(Duration.ZERO, HOUR),
            keeping(Duration.ZERO, Duration.ZERO))) {
      int before = store.asked();
      store.is(Mood.HANGS);
      List<Guest> guests = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        guests.add(Guest.asking(cache, "a"));
      }
      for (Guest guest : guests) {
        guest.awaitWaiting();
      }
      store.resume(1);
      for (Guest guest : guests) {
        assertEquals(String.valueOf(before + 1), numberOf(guest.answer.get()));
      }
      assertEquals(before + 1, store.asked());
    }
  }

  @Test
  void asksAgainForAnInstanceThatWasNotThere() throws Exception {
    InstanceCache cache = keeping(MINUTE, HOUR);
    store.is(Mood.KNOWS_NOTHING);
    assertEquals(Optional.empty(), cache.find("a"));
    store.is(Mood.ANSWERS);
    assertTrue(cache.find("a").isPresent());
  }

  @Test
  void asksAgainAfterAFailure() throws Exception {
    InstanceCache cache = keeping(MINUTE, HOUR);
    store.is(Mood.IS_AWAY);
    assertThrows(StoreUnavailableException.class, () -> cache.find("a"));
    store.is(Mood.ANSWERS);
    assertTrue(cache.find("a").isPresent());
  }

  @Test
  void loadsAnInstanceInTheBackgroundBeforeItExpires() throws Exception {
    InstanceCache cache = keeping(MINUTE, HOUR);
    cache.find("a");
    store.is(Mood.HANGS);
    pass(Duration.ofSeconds(41));
    for (int i = 0; i < 100; i++) {
      assertEquals("1", numberOf(cache.find("a")));
    }
    store.resume(1);
    await(() -> "2".equals(numberIn(cache)));
    pass(Duration.ofSeconds(39));
    assertEquals("2", numberOf(cache.find("a")));
    assertEquals(2, store.asked());
    assertEquals(1, cache.statistics().getRefreshes());
    assertEquals(1, cache.statistics().getMisses());
  }

  @Test
  void neverRefreshesWhatNobodyAsksFor() throws Exception {
    InstanceCache cache = keeping(MINUTE, HOUR);
    cache.find("a");
    pass(Duration.ofSeconds(59));
    cache.find("b");
    assertEquals(2, store.asked());
  }

  @Test
  void dropsAnInstanceThatIsGoneWhenItIsRefreshed() throws Exception {
    InstanceCache cache = keeping(MINUTE, HOUR);
    cache.find("a");
    store.is(Mood.KNOWS_NOTHING);
    pass(Duration.ofSeconds(50));
    cache.find("a");
    await(() -> cache.statistics().getInstances() == 0);
    assertEquals(Optional.empty(), cache.find("a"));
  }

  @Test
  void isShownAsItWasWhileTheStoreIsAway() throws Exception {
    InstanceCache cache = keeping(MINUTE, HOUR);
    cache.find("a");
    store.is(Mood.IS_AWAY);
    pass(MINUTE);
    assertEquals("1", numberOf(cache.find("a")));
    assertEquals(1, cache.statistics().getStaleAnswers());
    assertTrue(cache.statistics().isDatabaseFailing());
  }

  @Test
  void isShownAsItWasForNoLongerThanAllowed() throws Exception {
    InstanceCache cache = keeping(MINUTE, HOUR);
    cache.find("a");
    store.is(Mood.IS_AWAY);
    pass(MINUTE.plus(HOUR).minusSeconds(1));
    assertEquals("1", numberOf(cache.find("a")));
    pass(Duration.ofSeconds(1));
    assertThrows(StoreUnavailableException.class, () -> cache.find("a"));
  }

  @Test
  void isNeverShownAsItWasWhenThatIsNotAllowed() throws Exception {
    InstanceCache cache = keeping(MINUTE, Duration.ZERO);
    cache.find("a");
    store.is(Mood.IS_AWAY);
    pass(MINUTE);
    assertThrows(StoreUnavailableException.class, () -> cache.find("a"));
  }

  @Test
  void doesNotAskAFailingStoreAtEveryQuestion() throws Exception {
    InstanceCache cache = keeping(MINUTE, HOUR);
    cache.find("a");
    store.is(Mood.IS_AWAY);
    pass(MINUTE);
    for (int i = 0; i < 100; i++) {
      cache.find("a");
    }
    assertEquals(2, store.asked());
    pass(Duration.ofMillis(1_100));
    cache.find("a");
    await(() -> cache.statistics().getLoadFailures() == 2);
    cache.find("a");
    assertEquals(3, store.asked());
    assertEquals(102, cache.statistics().getStaleAnswers());
  }

  @Test
  void isLoadedSoonAfterTheStoreIsBack() throws Exception {
    InstanceCache cache = keeping(MINUTE, HOUR);
    cache.find("a");
    store.is(Mood.IS_AWAY);
    pass(MINUTE);
    cache.find("a");
    store.is(Mood.ANSWERS);
    pass(Duration.ofMillis(1_100));
    assertEquals("1", numberOf(cache.find("a")));
    await(() -> "3".equals(numberIn(cache)));
    pass(Duration.ofSeconds(4));
    cache.find("b");
    assertFalse(cache.statistics().isDatabaseFailing());
  }

  @Test
  void isLoadedAtOnceWhenTheFailureIsLongAgo() throws Exception {
    InstanceCache cache = keeping(MINUTE, HOUR);
    cache.find("a");
    store.is(Mood.IS_AWAY);
    pass(MINUTE);
    cache.find("a");
    store.is(Mood.ANSWERS);
    pass(MINUTE);
    assertEquals("3", numberOf(cache.find("a")));
  }

  @Test
  void aStoreThatHangsHoldsNobodyForLong() throws Exception {
    InstanceCache cache = keeping(MINUTE, HOUR, IMPATIENT);
    store.is(Mood.HANGS);
    assertTimeoutPreemptively(
        LONG,
        () -> {
          for (int i = 0; i < 20; i++) {
            assertThrows(StoreUnavailableException.class, () -> cache.find("a"));
          }
        });
    assertEquals(1, store.asked());
    assertTrue(cache.statistics().isDatabaseFailing());
  }

  @Test
  void aStoreThatHangsIsWaitedForOnceByThoseWhoCanBeShownWhatWas() throws Exception {
    InstanceCache cache = keeping(MINUTE, HOUR, new LoadTimeouts(LONG, Duration.ofMillis(20)));
    for (int i = 0; i < 50; i++) {
      cache.find("instance " + i);
    }
    store.is(Mood.HANGS);
    pass(MINUTE);
    for (int round = 0; round < 20; round++) {
      for (int i = 0; i < 50; i++) {
        cache.find("instance " + i);
      }
    }
    assertEquals(1_000, cache.statistics().getStaleAnswers());
    assertTrue(store.asked() <= 50 + 32 + 8, store.asked() + " loads");
  }

  @Test
  void aLoadThatHangsKeepsNobodyFromAnotherInstance() throws Exception {
    InstanceCache cache = keeping(MINUTE, HOUR, IMPATIENT);
    store.is(Mood.HANGS);
    for (int i = 0; i < 40; i++) {
      String uuid = "instance " + i;
      assertThrows(StoreUnavailableException.class, () -> cache.find(uuid));
    }
    store.is(Mood.ANSWERS);
    assertTrue(findPatiently(cache, "a").isPresent());
  }

  @Test
  void aCrowdThatAsksForAsManyInstancesIsServedToTheLast() throws Exception {
    InstanceCache cache = keeping(MINUTE, HOUR);
    store.is(Mood.HANGS);
    int crowd = 600;
    List<Guest> guests = new ArrayList<>();
    for (int i = 0; i < crowd; i++) {
      guests.add(Guest.asking(cache, "instance " + i));
    }
    await(() -> store.asked() == crowd);
    store.resume(crowd);
    for (Guest guest : guests) {
      assertTrue(guest.answer.get().isPresent());
    }
  }

  @Test
  void takesALateAnswerForTheNextWhoAsks() throws Exception {
    InstanceCache cache = keeping(MINUTE, HOUR, IMPATIENT);
    store.is(Mood.HANGS);
    assertThrows(StoreUnavailableException.class, () -> cache.find("a"));
    store.resume(1);
    await(() -> cache.statistics().getInstances() == 1);
    assertEquals("1", numberOf(cache.find("a")));
    assertEquals(1, store.asked());
  }

  @Test
  void loadsAnInstanceAgainThatItWasToForget() throws Exception {
    InstanceCache cache = keeping(MINUTE, HOUR);
    cache.find("a");
    cache.forget("a");
    cache.forget("b");
    assertEquals("2", numberOf(cache.find("a")));
  }

  @Test
  void findsAndForgetsInstancesWhateverTheCaseOfTheirUuids() throws Exception {
    InstanceCache cache = keeping(MINUTE, HOUR);
    assertSame(cache.find("a").orElseThrow(), cache.find("A").orElseThrow());
    cache.forget("A");
    assertEquals("2", numberOf(cache.find("a")));
  }

  @Test
  void showsNothingOldOfWhatItWasToForget() throws Exception {
    InstanceCache cache = keeping(MINUTE, HOUR);
    cache.find("a");
    cache.forget("a");
    store.is(Mood.IS_AWAY);
    assertThrows(StoreUnavailableException.class, () -> cache.find("a"));
  }

  @Test
  void givesNobodyALoadThatBeganBeforeItWasToForget() throws Exception {
    InstanceCache cache = keeping(MINUTE, HOUR);
    store.is(Mood.HANGS);
    Guest before = Guest.asking(cache, "a");
    before.awaitWaiting();
    cache.forget("a");
    store.is(Mood.ANSWERS);
    assertEquals("2", numberOf(cache.find("a")));
    store.resume(1);
    assertEquals("1", numberOf(before.answer.get()));
    assertEquals("2", numberOf(cache.find("a")));
  }

  @Test
  void keepsNoRefreshThatBeganBeforeItWasToForget() throws Exception {
    InstanceCache cache = keeping(MINUTE, HOUR);
    cache.find("a");
    store.is(Mood.HANGS);
    pass(Duration.ofSeconds(50));
    cache.find("a");
    await(() -> store.asked() == 2);
    cache.forget("a");
    store.is(Mood.ANSWERS);
    store.resume(1);
    assertEquals("3", numberOf(cache.find("a")));
    await(() -> cache.statistics().getLoads() == 3);
    cache.close();
    assertEquals("3", numberOf(cache.find("a")));
  }

  @Test
  void showsAGuestWhenItsInstanceIsBroken() throws Exception {
    InstanceCache cache = keeping(MINUTE, HOUR);
    cache.find("a");
    store.is(Mood.IS_BROKEN);
    assertThrows(IllegalArgumentException.class, () -> cache.find("b"));
    pass(MINUTE);
    assertThrows(IllegalArgumentException.class, () -> cache.find("a"));
    assertEquals(0, cache.statistics().getStaleAnswers());
  }

  @Test
  void keepsToItsBytes() throws Exception {
    store.gives("x".repeat(10_000));
    InstanceCache cache = keeping(MINUTE, HOUR, PATIENT, 400_000);
    for (int i = 0; i < 100; i++) {
      cache.find("instance " + i);
    }
    InstanceCacheMXBean counts = cache.statistics();
    assertTrue(
        counts.getBytes() <= 400_000,
        counts.getInstances() + " instances of " + counts.getBytes() + " bytes");
    assertTrue(
        counts.getInstances() >= 20 && counts.getInstances() < 40,
        counts.getInstances() + " instances of " + counts.getBytes() + " bytes");
    assertEquals(100 - counts.getInstances(), counts.getEvictions());
  }

  @Test
  void countsEveryQuestionOnce() throws Exception {
    InstanceCache cache = keeping(MINUTE, HOUR);
    cache.find("a");
    cache.find("a");
    store.is(Mood.IS_AWAY);
    pass(MINUTE);
    cache.find("a");
    assertThrows(StoreUnavailableException.class, () -> cache.find("b"));
    InstanceCacheMXBean counts = cache.statistics();
    assertEquals(1, counts.getHits());
    assertEquals(3, counts.getMisses());
    assertEquals(3, counts.getLoads());
    assertEquals(2, counts.getLoadFailures());
    assertEquals(1, counts.getInstances());
    assertEquals(ROOM, counts.getMaxBytes());
  }

  @Test
  void refusesWhenItIsClosed() throws Exception {
    InstanceCache cache = keeping(MINUTE, HOUR);
    cache.close();
    assertThrows(StoreUnavailableException.class, () -> cache.find("a"));
  }

  private InstanceCache keeping(Duration expiry, Duration stale) {
    return keeping(expiry, stale, PATIENT);
  }

  private InstanceCache keeping(Duration expiry, Duration stale, LoadTimeouts patience) {
    return keeping(expiry, stale, patience, ROOM);
  }

  private InstanceCache keeping(
      Duration expiry, Duration stale, LoadTimeouts patience, long bytes) {
    InstanceCache cache =
        new InstanceCache(store, new CacheSettings(expiry, stale, bytes), patience, clock::get);
    opened.add(cache);
    return cache;
  }

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }

  /** Loads may take a moment to get going on a busy machine; each question has little patience. */
  private static Optional<?> findPatiently(InstanceCache cache, String uuid) throws Exception {
    while (true) {
      try {
        return cache.find(uuid);
      } catch (StoreUnavailableException e) {
        Thread.onSpinWait();
      }
    }
  }

  private static String numberIn(InstanceCache cache) {
    try {
      return numberOf(cache.find("a"));
    } catch (StoreUnavailableException e) {
      return "";
    }
  }

  private static String numberOf(Optional<InstanceDocuments> found) {
    return found.orElseThrow().instance().displayName().orElseThrow();
  }

  /** Waits, at most as long as a test may take. */
  private static void await(BooleanSupplier state) throws InterruptedException {
    while (!state.getAsBoolean()) {
      Thread.sleep(1);
    }
  }

  /** Someone who asks, on a thread of its own. */
  private record Guest(Thread thread, Future<Optional<InstanceDocuments>> answer) {
    static Guest asking(InstanceCache cache, String uuid) {
      FutureTask<Optional<InstanceDocuments>> task = new FutureTask<>(() -> cache.find(uuid));
      Thread thread = new Thread(task);
      thread.setDaemon(true);
      thread.start();
      return new Guest(thread, task);
    }

    /** Waits until it does. */
    void awaitWaiting() throws InterruptedException {
      await(() -> thread.getState() == Thread.State.TIMED_WAITING);
    }
  }
}
