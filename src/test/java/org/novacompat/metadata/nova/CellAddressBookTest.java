// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.novacompat.metadata.command.serve.EmbeddedDatabase;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.python.Ip;

/** The book against two cells, each on a MariaDB server of its own. */
class CellAddressBookTest {
  private static final int INSTANCES = 3_000;
  private static final Duration REFRESH = Duration.ofMillis(200);

  /** The re-walk comes by too late to find what the rest must find. */
  private static final AddressBookSettings SETTINGS =
      new AddressBookSettings(REFRESH, Duration.ofHours(1), Duration.ofMinutes(1), 100);

  private static EmbeddedDatabase server;
  private static EmbeddedDatabase otherServer;
  private static ServerProcess otherProcess;
  private static CellDatabase cell;
  private static CellDatabase otherCell;
  private static Map<String, CellConnections.Way> cells;
  private static final AtomicInteger NEXT_ADDRESS = new AtomicInteger();

  private CellAddressBook book;

  @BeforeAll
  static void start() throws Exception {
    server = CellDatabase.start();
    otherServer = CellDatabase.startAnother();
    otherProcess = ServerProcess.of(otherServer);
    cell = CellDatabase.create(server, "nova");
    otherCell = CellDatabase.create(otherServer, "nova_cell2");
    cell.fill(INSTANCES);
    cells = Map.of("one", cell.way(), "two", otherCell.way());
  }

  @AfterAll
  static void stop() throws Exception {
    cell.close();
    otherCell.close();
    server.close();
    otherProcess.end();
    otherServer.close();
  }

  @AfterEach
  void closeTheBook() {
    if (book != null) {
      book.close();
    }
  }

  private void open(AddressBookSettings settings) throws Exception {
    book = CellAddressBook.open(new JdbcAddressRows(deadline -> cells), settings);
    await(() -> isCertain("192.0.2.1"));
  }

  @Test
  void knowsEveryInstanceAfterTheFirstWalk() throws Exception {
    open(SETTINGS);
    for (int number : List.of(1, 99, 100, 101, 1_234, INSTANCES)) {
      assertEquals(List.of(CellDatabase.uuid(number)), ask(CellDatabase.address(number)));
    }
    assertEquals(List.of(), ask("10.99.0.5"));
  }

  @Test
  void findsANewInstanceAtOnce() throws Exception {
    open(SETTINGS);
    pause(1_100);
    String address = newAddress();
    String instance = cell.create(address);
    assertEquals(List.of(instance), ask(address));
  }

  @Test
  void findsARowThatIsCommittedAfterAHigherOne() throws Exception {
    open(SETTINGS);
    String early = UUID.randomUUID().toString();
    String earlyAddress = newAddress();
    try (Connection slow = cell.pool().getConnection()) {
      slow.setAutoCommit(false);
      CellDatabase.insert(slow, early, earlyAddress);
      String lateAddress = newAddress();
      String late = cell.create(lateAddress);
      await(() -> ask(lateAddress).equals(List.of(late)));
      pause(1_000);
      assertEquals(List.of(), ask(earlyAddress));
      slow.commit();
      slow.setAutoCommit(true);
    }
    await(() -> ask(earlyAddress).equals(List.of(early)));
  }

  @Test
  void followsAnActionWhoseEffectComesLater() throws Exception {
    String instance = CellDatabase.uuid(1_500);
    open(SETTINGS);
    cell.act(instance, "attach_interface");
    pause(1_000);
    String before = CellDatabase.address(1_500);
    String after = newAddress();
    String unannounced = newAddress();
    cell.readdress(CellDatabase.uuid(1_501), unannounced);
    cell.readdress(instance, before, after);
    await(() -> ask(after).equals(List.of(instance)));
    assertEquals(List.of(instance), ask(before));
    assertEquals(List.of(), ask(unannounced));
  }

  @Test
  void findsWhatNeutronChangedByTheReWalk() throws Exception {
    open(
        new AddressBookSettings(
            REFRESH, Duration.ofSeconds(1), Duration.ofMinutes(1), SETTINGS.batch()));
    String address = newAddress();
    cell.readdress(CellDatabase.uuid(17), CellDatabase.address(17), address);
    await(() -> ask(address).equals(List.of(CellDatabase.uuid(17))));
    cell.readdress(CellDatabase.uuid(17), CellDatabase.address(17));
    await(() -> ask(address).isEmpty());
  }

  @Test
  void looksAgainBeforeItBelievesAHit() throws Exception {
    String address = newAddress();
    String instance = cell.create(address);
    open(SETTINGS);
    assertEquals(List.of(instance), ask(address));
    cell.readdress(instance, newAddress());
    pause(2 * REFRESH.toMillis());
    assertEquals(List.of(), ask(address));
  }

  @Test
  void forgetsADeletedInstance() throws Exception {
    String address = newAddress();
    String instance = cell.create(address);
    open(SETTINGS);
    assertEquals(List.of(instance), ask(address));
    cell.delete(instance);
    pause(2 * REFRESH.toMillis());
    assertEquals(List.of(), ask(address));
  }

  @Test
  void doesNotKnowAnInstanceOfWhichOnlyTheRowIsDeleted() throws Exception {
    String address = newAddress();
    String instance = cell.create(address);
    cell.run("UPDATE instances SET deleted = id WHERE uuid = ?", instance);
    open(SETTINGS);
    assertEquals(List.of(), ask(address));
  }

  @Test
  void namesAllInstancesWithAnAddressWhereverTheyAre() throws Exception {
    String address = newAddress();
    Set<String> instances =
        Set.of(cell.create(address), cell.create(address), otherCell.create(address));
    open(SETTINGS);
    assertEquals(instances, new HashSet<>(ask(address)));
  }

  @Test
  void countsAnInstanceOnceThatIsInTwoCells() throws Exception {
    String address = newAddress();
    String instance = cell.create(address);
    try (Connection connection = otherCell.pool().getConnection()) {
      CellDatabase.insert(connection, instance, address);
    }
    open(SETTINGS);
    assertEquals(List.of(instance), ask(address));
  }

  @Test
  void takesAMappedAddressForTheOneThatItMaps() throws Exception {
    String address = newAddress();
    String instance = cell.create(address, "2001:db8::1:" + address.replace('.', ':').substring(8));
    open(SETTINGS);
    assertEquals(List.of(instance), ask("::ffff:" + address));
  }

  @Test
  void takesNoMissForAnAnswerWhileTheFirstWalkIsUnderWay() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    book =
        CellAddressBook.open(
            new GatedRows(new JdbcAddressRows(deadline -> cells), 1_000, gate), SETTINGS);
    await(
        () -> {
          try {
            return ask(CellDatabase.address(1)).equals(List.of(CellDatabase.uuid(1)));
          } catch (StoreUnavailableException e) {
            return false;
          }
        });
    assertThrows(StoreUnavailableException.class, () -> ask(CellDatabase.address(INSTANCES)));
    assertFalse(book.awaitFirstWalk(REFRESH));
    gate.countDown();
    assertTrue(book.awaitFirstWalk(Duration.ofSeconds(15)));
    await(() -> isCertain("192.0.2.1"));
    assertEquals(List.of(CellDatabase.uuid(INSTANCES)), ask(CellDatabase.address(INSTANCES)));
  }

  @Test
  void takesNoMissForAnAnswerUntilTheCellsAreKnownAndThenKeepsThem() throws Exception {
    AtomicBoolean away = new AtomicBoolean(true);
    book =
        CellAddressBook.open(
            new JdbcAddressRows(
                deadline -> {
                  if (away.get()) {
                    throw new IllegalStateException("the API database is away");
                  }
                  return cells;
                }),
            SETTINGS);
    assertFalse(book.awaitFirstWalk(REFRESH.multipliedBy(2)));
    StoreUnavailableException thrown =
        assertThrows(StoreUnavailableException.class, () -> ask(CellDatabase.address(1)));
    assertEquals("the API database is away", thrown.getCause().getMessage());
    away.set(false);
    await(() -> isCertain("192.0.2.1"));
    away.set(true);
    pause(2 * REFRESH.toMillis());
    assertEquals(List.of(CellDatabase.uuid(1)), ask(CellDatabase.address(1)));
    assertTrue(isCertain("192.0.2.1"));
  }

  @Test
  void asksForWhatIsNewAtMostOnceASecond() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    JdbcAddressRows rows = new JdbcAddressRows(deadline -> cells);
    book =
        CellAddressBook.open(
            new CountedRows(rows, asked),
            new AddressBookSettings(
                Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofMinutes(1), 100));
    await(() -> isCertain("192.0.2.1"));
    pause(1_000);
    asked.set(0);
    for (int i = 0; i < 1_000; i++) {
      assertEquals(List.of(), ask("192.0.2.1"));
    }
    assertTrue(asked.get() <= 2 * cells.size(), asked + " times");
  }

  @Test
  void forgetsACellThatIsGone() throws Exception {
    String address = newAddress();
    String instance = otherCell.create(address);
    Map<String, CellConnections.Way> changing = new ConcurrentHashMap<>(cells);
    book = CellAddressBook.open(new JdbcAddressRows(deadline -> changing), SETTINGS);
    await(() -> isCertain("192.0.2.1"));
    assertEquals(List.of(instance), ask(address));
    changing.remove("two");
    await(() -> ask(address).isEmpty());
  }

  @Test
  void answersForADeadCellAsItWasAndIsWellSoonAfterItsReturn() throws Exception {
    String address = newAddress();
    String instance = otherCell.create(address);
    open(SETTINGS);
    otherProcess.kill();
    try {
      pause(2 * REFRESH.toMillis());
      assertEquals(List.of(instance), ask(address));
      await(() -> !isCertain("192.0.2.1"));
      long start = System.nanoTime();
      assertEquals(List.of(instance), ask(address));
      assertEquals(List.of(CellDatabase.uuid(3)), ask(CellDatabase.address(3)));
      assertThrows(StoreUnavailableException.class, () -> ask("192.0.2.1"));
      long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
      assertTrue(millis < 400, "no request waits for a cell that is away: " + millis + " ms");
      String newAddress = newAddress();
      String newInstance = cell.create(newAddress);
      await(
          () -> {
            try {
              return ask(newAddress).equals(List.of(newInstance));
            } catch (StoreUnavailableException e) {
              return false;
            }
          });
    } finally {
      otherProcess.restart();
    }
    await(() -> isCertain("192.0.2.1"));
    String later = newAddress();
    String laterInstance = otherCell.create(later);
    await(() -> ask(later).equals(List.of(laterInstance)));
  }

  private List<String> ask(String address) throws Exception {
    return book.instancesWith(Ip.parse(address).orElseThrow());
  }

  private boolean isCertain(String address) throws Exception {
    try {
      ask(address);
      return true;
    } catch (StoreUnavailableException e) {
      return false;
    }
  }

  private static String newAddress() {
    int number = NEXT_ADDRESS.incrementAndGet();
    return "10.200.0." + number;
  }

  private static void pause(long millis) throws InterruptedException {
    Thread.sleep(millis);
  }

  private interface Condition {
    boolean isMet() throws Exception;
  }

  private static void await(Condition condition) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(15).toNanos();
    while (!condition.isMet()) {
      assertTrue(System.nanoTime() < end, "not within 15 seconds");
      pause(20);
    }
  }
}
