// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.survival;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.novacompat.metadata.conformance.Conformance;
import org.novacompat.metadata.conformance.ConformanceRecording;
import org.novacompat.metadata.conformance.ConformanceRecording.Cell;
import org.novacompat.metadata.conformance.ConformanceRecording.Guest;
import org.novacompat.metadata.conformance.ConformanceRows;
import org.novacompat.metadata.conformance.KnownAnswer;
import org.novacompat.metadata.conformance.TestCloud;
import org.novacompat.metadata.fixture.DatabaseServer;
import org.novacompat.metadata.fixture.RunningService;

/** The built server when a database goes away, in whatever way, and when it comes back. */
@Isolated("its time limits are those of a machine that does nothing else")
class SurvivalIT {
  private static final String REQUIRED = "NOVA_COMPAT_REQUIRE_CHAIN";
  private static final String MAPPINGS = "instance_mappings";
  private static final int EXPIRATION = 2;
  private static final int SERVE_STALE = 60;
  private static final int CROWD = 100;
  private static final int NOT_FOUND = 404;
  private static final int UNAVAILABLE = 503;
  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(2);
  private static final Duration LONGEST_RECOVERY = Duration.ofSeconds(5);

  /** The very first questions have a whole server to wake. */
  private static final Duration LONGEST_WARMING = Duration.ofSeconds(20);

  @TempDir private static Path folder;
  private static final Map<Cell, Iterator<KnownAnswer>> unasked = new EnumMap<>(Cell.class);
  private static final Map<Cell, DatabaseServer> servers = new EnumMap<>(Cell.class);
  private static TestCloud cloud;
  private static Node node;

  /** Ways for a database server to go away. */
  enum Fault {
    STOPPED {
      @Override
      void begin(DatabaseServer server) {
        server.stop();
      }

      @Override
      void end(DatabaseServer server) throws Exception {
        server.start();
      }
    },
    KILLED {
      @Override
      void begin(DatabaseServer server) {
        server.kill();
      }

      @Override
      void end(DatabaseServer server) throws Exception {
        server.start();
      }
    },
    FROZEN {
      @Override
      void begin(DatabaseServer server) throws Exception {
        server.freeze();
      }

      @Override
      void end(DatabaseServer server) throws Exception {
        server.thaw();
      }
    },
    FIREWALLED {
      @Override
      void begin(DatabaseServer server) throws Exception {
        requireFirewall();
        server.cutOff();
      }

      @Override
      void end(DatabaseServer server) throws Exception {
        server.connectAgain();
      }
    };

    abstract void begin(DatabaseServer server) throws Exception;

    abstract void end(DatabaseServer server) throws Exception;
  }

  @BeforeAll
  static void startTheServer() throws Exception {
    for (Cell cell : Cell.values()) {
      servers.put(cell, DatabaseServer.create(folder.resolve(cell.name())));
    }
    cloud = TestCloud.on(servers.get(Cell.FIRST), servers.get(Cell.SECOND), folder, "");
    List<ConformanceRecording> recordings = spread(Conformance.recordings());
    new ConformanceRows(cloud).insert(recordings);
    List<KnownAnswer> known = KnownAnswer.of(recordings);
    unasked.put(Cell.FIRST, known.stream().filter(each -> each.cell() == Cell.FIRST).iterator());
    unasked.put(Cell.SECOND, known.stream().filter(each -> each.cell() == Cell.SECOND).iterator());
    node = Node.start(EXPIRATION, SERVE_STALE);
  }

  @AfterAll
  static void stopTheServer() {
    if (node != null) {
      node.close();
    }
    servers.values().forEach(DatabaseServer::close);
  }

  @ParameterizedTest
  @EnumSource
  void guestsHardlyNoticeThatTheDatabaseIs(Fault fault) throws Exception {
    List<KnownAnswer> warm = warm(Cell.FIRST, 5);
    List<KnownAnswer> cold = crowd(next(Cell.FIRST, 10));
    Log log = new Log(node.service());
    long stale = staleAnswers();

    long back =
        during(
            fault,
            Cell.FIRST,
            () -> {
              assertRefusedQuickly(node.answers(cold));
              assertRight(node.answers(warm));
              Thread.sleep(Duration.ofSeconds(EXPIRATION).toMillis());
              for (int i = 0; i < 3; i++) {
                assertRight(node.answers(warm));
              }
              assertRefusedQuickly(node.answers(cold));
              assertRight(node.answers(warm));
              log.stop();
            });

    awaitWithin(LONGEST_RECOVERY, back, () -> areServed(cold));
    rename(warm.get(0));
    awaitWithin(
        LONGEST_RECOVERY,
        System.nanoTime(),
        () -> text(node.answers(warm).get(0)).contains("renamed"));
    assertTrue(staleAnswers() >= stale + warm.size(), () -> "before: " + stale);
    assertEquals(List.of(), log.repetitions());
  }

  @ParameterizedTest
  @EnumSource(names = {"STOPPED", "FROZEN"})
  void aCellThatIsAwayTakesNothingButItsInstances(Fault fault) throws Exception {
    List<KnownAnswer> warm = warm(Cell.SECOND, 3);
    List<KnownAnswer> cold = next(Cell.SECOND, 5);

    long back =
        during(
            fault,
            Cell.SECOND,
            () -> {
              Thread.sleep(Duration.ofSeconds(EXPIRATION).toMillis());
              List<KnownAnswer> elsewhere = next(Cell.FIRST, 10);
              List<Crowd.Got> got =
                  node.answers(Stream.of(cold, elsewhere, warm).flatMap(List::stream).toList());
              assertRefusedQuickly(got.subList(0, cold.size()));
              assertRight(got.subList(cold.size(), got.size()));
            });

    awaitWithin(LONGEST_RECOVERY, back, () -> areServed(cold));
  }

  @Test
  void noGuestIsShownAnInstanceThatIsOlderThanAllowed() throws Exception {
    Duration oldest = Duration.ofSeconds(1 + 2);
    List<KnownAnswer> warm = next(Cell.FIRST, 1);
    try (Node strict = Node.start(1, 2)) {
      awaitWithin(LONGEST_WARMING, System.nanoTime(), () -> strict.answers(warm).get(0).isRight());
      long loaded = System.nanoTime();
      during(
          Fault.STOPPED,
          Cell.FIRST,
          () -> {
            sleepUntil(loaded + Duration.ofMillis(1500).toNanos());
            assertRight(strict.answers(warm));
            sleepUntil(loaded + oldest.toNanos());
            assertRefusedQuickly(strict.answers(warm));
          });
    }
  }

  /**
   * The built server on these databases.
   *
   * @param service its process
   * @param address where it listens
   */
  private record Node(RunningService service, URI address) implements AutoCloseable {
    /** With the seconds of {@code metadata_cache_expiration} and of stale answers. */
    static Node start(int expiration, int serveStale) throws Exception {
      int port = RunningService.freePort();
      Map<String, String> options =
          Map.of(
              "OS_API__METADATA_CACHE_EXPIRATION", String.valueOf(expiration),
              "OS_NOVA_COMPAT__SERVE_STALE_SECONDS", String.valueOf(serveStale));
      return new Node(cloud.node(port, options), URI.create("http://127.0.0.1:" + port));
    }

    /** Has guests ask, all at the same time. */
    List<Crowd.Got> answers(List<KnownAnswer> questions) throws Exception {
      return Crowd.asks(address, cloud.sharedSecret(), questions);
    }

    @Override
    public void close() {
      service.close();
    }
  }

  /** Something to try while a database is away. */
  private interface Attempt {
    void run() throws Exception;
  }

  /** Something that becomes true. */
  private interface Condition {
    boolean holds() throws Exception;
  }

  /** Since when the database is back. */
  private static long during(Fault fault, Cell cell, Attempt attempt) throws Exception {
    DatabaseServer database = servers.get(cell);
    fault.begin(database);
    try {
      attempt.run();
    } finally {
      fault.end(database);
    }
    return System.nanoTime();
  }

  private static void sleepUntil(long nanos) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(nanos - System.nanoTime());
  }

  private static void awaitWithin(Duration time, long since, Condition condition) throws Exception {
    while (!condition.holds()) {
      assertTrue(System.nanoTime() - since < time.toNanos(), "takes longer than " + time);
      Thread.sleep(50);
    }
  }

  private static void assertRight(List<Crowd.Got> all) {
    assertEquals(List.of(), all.stream().filter(got -> !got.isRight() || isSlow(got)).toList());
  }

  private static void assertRefusedQuickly(List<Crowd.Got> all) {
    assertEquals(
        List.of(),
        all.stream().filter(got -> got.reply().status() != UNAVAILABLE || isSlow(got)).toList());
  }

  private static boolean isSlow(Crowd.Got got) {
    return got.took().compareTo(LONGEST_ANSWER) >= 0;
  }

  /** An instance that is there is shown; of the others it is known that they are not. */
  private static boolean isServed(Crowd.Got got) {
    boolean isThere = got.question().body().length > 0;
    return isThere ? got.isRight() : got.reply().status() == NOT_FOUND;
  }

  private static String text(Crowd.Got got) {
    return new String(got.reply().body(), StandardCharsets.UTF_8);
  }

  private static boolean areServed(List<KnownAnswer> questions) throws Exception {
    return node.answers(questions).stream().allMatch(SurvivalIT::isServed);
  }

  /** Instances that are kept by now. */
  private static List<KnownAnswer> warm(Cell cell, int count) throws Exception {
    List<KnownAnswer> warm = next(cell, count);
    awaitWithin(LONGEST_WARMING, System.nanoTime(), () -> areServed(warm));
    return warm;
  }

  private static List<KnownAnswer> next(Cell cell, int count) {
    return Stream.generate(unasked.get(cell)::next).limit(count).toList();
  }

  /**
   * As many as ask at the same time: some for instances that are there, most for such as nobody
   * has.
   */
  private static List<KnownAnswer> crowd(List<KnownAnswer> there) {
    List<KnownAnswer> crowd = new ArrayList<>(there);
    while (crowd.size() < CROWD) {
      Guest nobody = new Guest(UUID.randomUUID().toString(), "0".repeat(32), Optional.empty());
      crowd.add(new KnownAnswer(Cell.FIRST, nobody, there.get(0).path(), new byte[0]));
    }
    return crowd;
  }

  private static void rename(KnownAnswer instance) throws Exception {
    cloud.execute(
        Cell.FIRST,
        "UPDATE instances SET hostname = 'renamed' WHERE uuid = '%s'"
            .formatted(instance.guest().instance()));
  }

  /** Every fourth instance in the second cell. */
  private static List<ConformanceRecording> spread(List<ConformanceRecording> recordings) {
    List<ConformanceRecording> spread = new ArrayList<>();
    for (ConformanceRecording recording : recordings) {
      boolean moves = recording.rows().containsKey(MAPPINGS) && spread.size() % 4 == 0;
      spread.add(moves ? inTheSecondCell(recording) : recording);
    }
    return spread;
  }

  private static ConformanceRecording inTheSecondCell(ConformanceRecording recording) {
    Map<String, List<Map<String, Object>>> rows = new LinkedHashMap<>(recording.rows());
    rows.computeIfPresent(
        MAPPINGS, (table, mappings) -> mappings.stream().map(SurvivalIT::moved).toList());
    return new ConformanceRecording(
        recording.shape(),
        recording.why(),
        Cell.SECOND,
        recording.guest(),
        recording.differences(),
        rows,
        recording.answers());
  }

  private static Map<String, Object> moved(Map<String, Object> mapping) {
    Map<String, Object> moved = new LinkedHashMap<>(mapping);
    moved.replace("cell", "second");
    return moved;
  }

  /** What the metric says. */
  private static long staleAnswers() throws Exception {
    try (RemoteJvm jvm = RemoteJvm.of(node.service())) {
      ObjectName cache = new ObjectName("org.novacompat.metadata:type=InstanceCache");
      return (Long) jvm.beans().getAttribute(cache, "StaleAnswers");
    }
  }

  private static void requireFirewall() throws InterruptedException {
    Optional<String> lack = DatabaseServer.lackOfAFirewall();
    if (lack.isPresent()) {
      if ("1".equals(System.getenv(REQUIRED))) {
        fail(REQUIRED + " is set, but " + lack.get());
      }
      abort(lack.get());
    }
  }

  /** What is written to a log from now on until it is stopped. */
  private static final class Log {
    private static final Pattern COMPLAINT =
        Pattern.compile("\\S+ \\S+ \\d+ (?:WARNING|ERROR) (\\S+) .*");

    private final RunningService service;
    private final int before;
    private List<String> lines = List.of();

    Log(RunningService service) throws IOException {
      this.service = service;
      this.before = service.output().length();
    }

    void stop() throws IOException {
      lines = service.output().substring(before).lines().toList();
    }

    /** Complaints of a part of the server that has complained before: once a minute is enough. */
    List<String> repetitions() {
      Set<String> heard = new HashSet<>();
      return lines.stream()
          .map(COMPLAINT::matcher)
          .filter(complaint -> complaint.matches() && !heard.add(complaint.group(1)))
          .map(MatchResult::group)
          .toList();
    }
  }
}
