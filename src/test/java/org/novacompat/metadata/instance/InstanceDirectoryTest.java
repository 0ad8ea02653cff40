// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.instance;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.novacompat.metadata.instance.InstanceDirectory.Patience;
import org.novacompat.metadata.instance.ScriptedStore.Mood;

@Timeout(30)
class InstanceDirectoryTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Patience PATIENT = new Patience(LONG, LONG);
  private static final Patience IMPATIENT =
      new Patience(Duration.ofMillis(60), Duration.ofMillis(20));
  private static final long ROOM = 16 << 20;

  private final ScriptedStore store = new ScriptedStore();
  private final AtomicLong clock = new AtomicLong(System.nanoTime());
  private final List<InstanceDirectory<String>> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(InstanceDirectory::close);
  }

  @Test
  void loadsAnInstanceOnceWhileItIsBelieved() throws Exception {
    InstanceDirectory<String> directory = keeping(MINUTE, HOUR);
    var first = directory.find("a").orElseThrow();
    pass(Duration.ofSeconds(39));
    assertSame(first, directory.find("a").orElseThrow());
    assertEquals("view of a", first.view());
    assertEquals(1, store.asked());
  }

  @Test
  void loadsAnInstanceAgainOnceItIsExpired() throws Exception {
    InstanceDirectory<String> directory = keeping(MINUTE, HOUR);
    directory.find("a");
    pass(MINUTE);
    assertEquals("2", numberOf(directory.find("a")));
  }

  @Test
  void keepsNothingWithoutAnExpiry() throws Exception {
    InstanceDirectory<String> directory = keeping(Duration.ZERO, HOUR);
    assertEquals("1", numberOf(directory.find("a")));
    assertEquals("2", numberOf(directory.find("a")));
    store.is(Mood.IS_AWAY);
    assertThrows(StoreUnavailableException.class, () -> directory.find("a"));
    assertEquals(0, directory.counts().instances());
  }

  @Test
  void sharesOneLoadAmongAllWhoAskMeanwhile() throws Exception {
    for (Duration expiry : List.of(MINUTE, Duration.ZERO)) {
      InstanceDirectory<String> directory = keeping(expiry, HOUR);
      int before = store.asked();
      store.is(Mood.HANGS);
      List<Guest> guests = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        guests.add(Guest.asking(directory, "a"));
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
    InstanceDirectory<String> directory = keeping(MINUTE, HOUR);
    store.is(Mood.KNOWS_NOTHING);
    assertEquals(Optional.empty(), directory.find("a"));
    store.is(Mood.ANSWERS);
    assertTrue(directory.find("a").isPresent());
  }

  @Test
  void asksAgainAfterAFailure() throws Exception {
    InstanceDirectory<String> directory = keeping(MINUTE, HOUR);
    store.is(Mood.IS_AWAY);
    assertThrows(StoreUnavailableException.class, () -> directory.find("a"));
    store.is(Mood.ANSWERS);
    assertTrue(directory.find("a").isPresent());
  }

  @Test
  void loadsAnInstanceInTheBackgroundBeforeItExpires() throws Exception {
    InstanceDirectory<String> directory = keeping(MINUTE, HOUR);
    directory.find("a");
    store.is(Mood.HANGS);
    pass(Duration.ofSeconds(41));
    for (int i = 0; i < 100; i++) {
      assertEquals("1", numberOf(directory.find("a")));
    }
    store.resume(1);
    await(() -> "2".equals(numberIn(directory)));
    pass(Duration.ofSeconds(39));
    assertEquals("2", numberOf(directory.find("a")));
    assertEquals(2, store.asked());
    assertEquals(1, directory.counts().refreshes());
    assertEquals(1, directory.counts().misses());
  }

  @Test
  void neverRefreshesWhatNobodyAsksFor() throws Exception {
    InstanceDirectory<String> directory = keeping(MINUTE, HOUR);
    directory.find("a");
    pass(Duration.ofSeconds(59));
    directory.find("b");
    assertEquals(2, store.asked());
  }

  @Test
  void dropsAnInstanceThatIsGoneWhenItIsRefreshed() throws Exception {
    InstanceDirectory<String> directory = keeping(MINUTE, HOUR);
    directory.find("a");
    store.is(Mood.KNOWS_NOTHING);
    pass(Duration.ofSeconds(50));
    directory.find("a");
    await(() -> directory.counts().instances() == 0);
    assertEquals(Optional.empty(), directory.find("a"));
  }

  @Test
  void isShownAsItWasWhileTheStoreIsAway() throws Exception {
    InstanceDirectory<String> directory = keeping(MINUTE, HOUR);
    directory.find("a");
    store.is(Mood.IS_AWAY);
    pass(MINUTE);
    assertEquals("1", numberOf(directory.find("a")));
    assertEquals(1, directory.counts().staleAnswers());
    assertTrue(directory.counts().failingSince().isPresent());
  }

  @Test
  void isShownAsItWasForNoLongerThanAllowed() throws Exception {
    InstanceDirectory<String> directory = keeping(MINUTE, HOUR);
    directory.find("a");
    store.is(Mood.IS_AWAY);
    pass(MINUTE.plus(HOUR).minusSeconds(1));
    assertEquals("1", numberOf(directory.find("a")));
    pass(Duration.ofSeconds(1));
    assertThrows(StoreUnavailableException.class, () -> directory.find("a"));
  }

  @Test
  void isNeverShownAsItWasWhenThatIsNotAllowed() throws Exception {
    InstanceDirectory<String> directory = keeping(MINUTE, Duration.ZERO);
    directory.find("a");
    store.is(Mood.IS_AWAY);
    pass(MINUTE);
    assertThrows(StoreUnavailableException.class, () -> directory.find("a"));
  }

  @Test
  void doesNotAskAFailingStoreAtEveryQuestion() throws Exception {
    InstanceDirectory<String> directory = keeping(MINUTE, HOUR);
    directory.find("a");
    store.is(Mood.IS_AWAY);
    pass(MINUTE);
    for (int i = 0; i < 100; i++) {
      directory.find("a");
    }
    assertEquals(2, store.asked());
    pass(Duration.ofMillis(1_100));
    directory.find("a");
    await(() -> directory.counts().loadFailures() == 2);
    directory.find("a");
    assertEquals(3, store.asked());
    assertEquals(102, directory.counts().staleAnswers());
  }

  @Test
  void isLoadedSoonAfterTheStoreIsBack() throws Exception {
    InstanceDirectory<String> directory = keeping(MINUTE, HOUR);
    directory.find("a");
    store.is(Mood.IS_AWAY);
    pass(MINUTE);
    directory.find("a");
    store.is(Mood.ANSWERS);
    pass(Duration.ofMillis(1_100));
    assertEquals("1", numberOf(directory.find("a")));
    await(() -> "3".equals(numberIn(directory)));
    pass(Duration.ofSeconds(4));
    directory.find("b");
    assertEquals(Optional.empty(), directory.counts().failingSince());
  }

  @Test
  void isLoadedAtOnceWhenTheFailureIsLongAgo() throws Exception {
    InstanceDirectory<String> directory = keeping(MINUTE, HOUR);
    directory.find("a");
    store.is(Mood.IS_AWAY);
    pass(MINUTE);
    directory.find("a");
    store.is(Mood.ANSWERS);
    pass(MINUTE);
    assertEquals("3", numberOf(directory.find("a")));
  }

  @Test
  void aStoreThatHangsHoldsNobodyForLong() throws Exception {
    InstanceDirectory<String> directory = keeping(MINUTE, HOUR, IMPATIENT);
    store.is(Mood.HANGS);
    assertTimeoutPreemptively(
        LONG,
        () -> {
          for (int i = 0; i < 20; i++) {
            assertThrows(StoreUnavailableException.class, () -> directory.find("a"));
          }
        });
    assertEquals(1, store.asked());
    assertTrue(directory.counts().failingSince().isPresent());
  }

  @Test
  void aStoreThatHangsIsWaitedForOnceByThoseWhoCanBeShownWhatWas() throws Exception {
    InstanceDirectory<String> directory =
        keeping(MINUTE, HOUR, new Patience(LONG, Duration.ofMillis(20)));
    for (int i = 0; i < 50; i++) {
      directory.find("instance " + i);
    }
    store.is(Mood.HANGS);
    pass(MINUTE);
    for (int round = 0; round < 20; round++) {
      for (int i = 0; i < 50; i++) {
        directory.find("instance " + i);
      }
    }
    assertEquals(1_000, directory.counts().staleAnswers());
    assertTrue(store.asked() <= 50 + 32 + 8, store.asked() + " loads");
  }

  @Test
  void aLoadThatHangsKeepsNobodyFromAnotherInstance() throws Exception {
    InstanceDirectory<String> directory = keeping(MINUTE, HOUR, IMPATIENT);
    store.is(Mood.HANGS);
    for (int i = 0; i < 40; i++) {
      String uuid = "instance " + i;
      assertThrows(StoreUnavailableException.class, () -> directory.find(uuid));
    }
    store.is(Mood.ANSWERS);
    assertTrue(findPatiently(directory, "a").isPresent());
  }

  @Test
  void aCrowdThatAsksForAsManyInstancesIsServedToTheLast() throws Exception {
    InstanceDirectory<String> directory = keeping(MINUTE, HOUR);
    store.is(Mood.HANGS);
    int crowd = 600;
    List<Guest> guests = new ArrayList<>();
    for (int i = 0; i < crowd; i++) {
      guests.add(Guest.asking(directory, "instance " + i));
    }
    await(() -> store.asked() == crowd);
    store.resume(crowd);
    for (Guest guest : guests) {
      assertTrue(guest.answer.get().isPresent());
    }
  }

  @Test
  void takesALateAnswerForTheNextWhoAsks() throws Exception {
    InstanceDirectory<String> directory = keeping(MINUTE, HOUR, IMPATIENT);
    store.is(Mood.HANGS);
    assertThrows(StoreUnavailableException.class, () -> directory.find("a"));
    store.resume(1);
    await(() -> directory.counts().instances() == 1);
    assertEquals("1", numberOf(directory.find("a")));
    assertEquals(1, store.asked());
  }

  @Test
  void loadsAnInstanceAgainThatItWasToForget() throws Exception {
    InstanceDirectory<String> directory = keeping(MINUTE, HOUR);
    directory.find("a");
    directory.forget("a");
    directory.forget("b");
    assertEquals("2", numberOf(directory.find("a")));
  }

  @Test
  void findsAndForgetsInstancesWhateverTheCaseOfTheirUuids() throws Exception {
    InstanceDirectory<String> directory = keeping(MINUTE, HOUR);
    assertSame(directory.find("a").orElseThrow(), directory.find("A").orElseThrow());
    directory.forget("A");
    assertEquals("2", numberOf(directory.find("a")));
  }

  @Test
  void showsNothingOldOfWhatItWasToForget() throws Exception {
    InstanceDirectory<String> directory = keeping(MINUTE, HOUR);
    directory.find("a");
    directory.forget("a");
    store.is(Mood.IS_AWAY);
    assertThrows(StoreUnavailableException.class, () -> directory.find("a"));
  }

  @Test
  void givesNobodyALoadThatBeganBeforeItWasToForget() throws Exception {
    InstanceDirectory<String> directory = keeping(MINUTE, HOUR);
    store.is(Mood.HANGS);
    Guest before = Guest.asking(directory, "a");
    before.awaitWaiting();
    directory.forget("a");
    store.is(Mood.ANSWERS);
    assertEquals("2", numberOf(directory.find("a")));
    store.resume(1);
    assertEquals("1", numberOf(before.answer.get()));
    assertEquals("2", numberOf(directory.find("a")));
  }

  @Test
  void keepsNoRefreshThatBeganBeforeItWasToForget() throws Exception {
    InstanceDirectory<String> directory = keeping(MINUTE, HOUR);
    directory.find("a");
    store.is(Mood.HANGS);
    pass(Duration.ofSeconds(50));
    directory.find("a");
    await(() -> store.asked() == 2);
    directory.forget("a");
    store.is(Mood.ANSWERS);
    store.resume(1);
    assertEquals("3", numberOf(directory.find("a")));
    await(() -> directory.counts().loads() == 3);
    directory.close();
    assertEquals("3", numberOf(directory.find("a")));
  }

  @Test
  void showsAGuestWhenItsInstanceIsBroken() throws Exception {
    InstanceDirectory<String> directory = keeping(MINUTE, HOUR);
    directory.find("a");
    store.is(Mood.IS_BROKEN);
    assertThrows(IllegalArgumentException.class, () -> directory.find("b"));
    pass(MINUTE);
    assertThrows(IllegalArgumentException.class, () -> directory.find("a"));
    assertEquals(0, directory.counts().staleAnswers());
  }

  @Test
  void keepsToItsBytes() throws Exception {
    store.gives("x".repeat(10_000));
    InstanceDirectory<String> directory = keeping(MINUTE, HOUR, PATIENT, 400_000);
    for (int i = 0; i < 100; i++) {
      directory.find("instance " + i);
    }
    CacheCounts counts = directory.counts();
    assertTrue(counts.bytes() <= 400_000, counts.toString());
    assertTrue(counts.instances() >= 20 && counts.instances() < 40, counts.toString());
    assertEquals(100 - counts.instances(), counts.evictions());
  }

  @Test
  void countsWhatAViewTakesAsItGrows() throws Exception {
    int[] bytes = {0};
    InstanceDirectory<String> directory =
        open(new CacheSettings(MINUTE, HOUR, ROOM), PATIENT, view -> bytes[0]);
    directory.find("a");
    long before = directory.counts().bytes();
    bytes[0] = 5_000;
    directory.find("a");
    assertTrue(directory.counts().bytes() >= before + 4_000);
  }

  @Test
  void countsEveryQuestionOnce() throws Exception {
    InstanceDirectory<String> directory = keeping(MINUTE, HOUR);
    directory.find("a");
    directory.find("a");
    store.is(Mood.IS_AWAY);
    pass(MINUTE);
    directory.find("a");
    assertThrows(StoreUnavailableException.class, () -> directory.find("b"));
    CacheCounts counts = directory.counts();
    assertEquals(1, counts.hits());
    assertEquals(3, counts.misses());
    assertEquals(3, counts.loads());
    assertEquals(2, counts.loadFailures());
    assertEquals(1, counts.instances());
    assertEquals(ROOM, counts.mostBytes());
  }

  @Test
  void refusesWhenItIsClosed() throws Exception {
    InstanceDirectory<String> directory = keeping(MINUTE, HOUR);
    directory.close();
    assertThrows(StoreUnavailableException.class, () -> directory.find("a"));
  }

  private InstanceDirectory<String> keeping(Duration expiry, Duration stale) {
    return keeping(expiry, stale, PATIENT);
  }

  private InstanceDirectory<String> keeping(Duration expiry, Duration stale, Patience patience) {
    return keeping(expiry, stale, patience, ROOM);
  }

  private InstanceDirectory<String> keeping(
      Duration expiry, Duration stale, Patience patience, long bytes) {
    return open(new CacheSettings(expiry, stale, bytes), patience, view -> 0);
  }

  private InstanceDirectory<String> open(
      CacheSettings settings, Patience patience, ToIntFunction<String> bytesOf) {
    InstanceDirectory<String> directory =
        new InstanceDirectory<>(
            store,
            instance -> "view of " + instance.uuid(),
            bytesOf,
            settings,
            patience,
            clock::get);
    opened.add(directory);
    return directory;
  }

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }

  /** Loads may take a moment to get going on a busy machine; each question has little patience. */
  private static Optional<?> findPatiently(InstanceDirectory<String> directory, String uuid)
      throws Exception {
    while (true) {
      try {
        return directory.find(uuid);
      } catch (StoreUnavailableException e) {
        Thread.onSpinWait();
      }
    }
  }

  private static String numberIn(InstanceDirectory<String> directory) {
    try {
      return numberOf(directory.find("a"));
    } catch (StoreUnavailableException e) {
      return "";
    }
  }

  private static String numberOf(Optional<InstanceDirectory.Entry<String>> found) {
    return found.orElseThrow().instance().displayName().orElseThrow();
  }

  /** Waits, at most as long as a test may take. */
  private static void await(BooleanSupplier state) throws InterruptedException {
    while (!state.getAsBoolean()) {
      Thread.sleep(1);
    }
  }

  /** Someone who asks, on a thread of its own. */
  private record Guest(Thread thread, Future<Optional<InstanceDirectory.Entry<String>>> answer) {
    static Guest asking(InstanceDirectory<String> directory, String uuid) {
      FutureTask<Optional<InstanceDirectory.Entry<String>>> task =
          new FutureTask<>(() -> directory.find(uuid));
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
