// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.survival;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.novacompat.metadata.conformance.Conformance;
import org.novacompat.metadata.conformance.ConformanceRecording;
import org.novacompat.metadata.conformance.ConformanceRows;
import org.novacompat.metadata.conformance.KnownAnswer;
import org.novacompat.metadata.conformance.TestCloud;
import org.novacompat.metadata.fixture.RawHttp;
import org.novacompat.metadata.fixture.RunningService;

/**
 * Guests of the built server beside peers that are slow, greedy or many: each is answered
 * meanwhile, and what the peers took is given back. The short form of {@code bench/run hostile}.
 */
@Isolated("its time limits are those of a machine that does nothing else")
@Tag("long")
class HostilePeersIT {
  private static final String ADDRESS = "127.0.0.2";
  private static final int SECONDS = 3;
  private static final int DESCRIPTORS = 300;
  private static final int SPARE_DESCRIPTORS = 20;
  private static final String LIBERTY = "metadata.liberty";
  private static final int MAX_LOG_LINES = 10;
  private static final Duration LONGEST_RECOVERY = Duration.ofSeconds(30);

  /** Each guest of the load is answered several times during an attack. */
  private static final int MIN_ANSWERED = 40;

  @TempDir private static Path folder;
  private static TestCloud cloud;
  private static List<KnownAnswer> questions;
  private static BenchProgram attacks;
  private static RunningService service;
  private static int port;

  @BeforeAll
  static void startTheServer() throws Exception {
    cloud = TestCloud.databases(folder, "");
    List<ConformanceRecording> recordings = Conformance.recordings();
    new ConformanceRows(cloud).insert(recordings);
    questions = KnownAnswer.of(recordings);
    giveUserData(questions.get(0));
    attacks = BenchProgram.compile(folder, List.of(questions.get(0).guest()), cloud.sharedSecret());
    port = RunningService.freePort();
    service = cloud.node(port);
  }

  @AfterAll
  static void stopTheServer() {
    if (service != null) {
      service.close();
    }
    if (cloud != null) {
      cloud.close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "slow-headers=100,slow-bodies=100,garbage=100,half-closed=100",
        "unfinished-bodies=100,unfinished-chunks=100",
        "idle=500,connects=500",
        "slow-readers=50",
        "pipelines=50",
        "connect-flood=10,not-found-flood=10,method-flood=10"
      })
  void guestsAreAnsweredBeside(String peers) throws Exception {
    final long before = descriptors(service);
    final int logged = service.output().length();
    SteadyLoad load = load();
    try {
      Process attack = attack(port, peers);
      Thread.sleep(1000);
      int early = load.asked();
      BenchProgram.report(attack);
      int answered = load.asked() - early;
      assertTrue(answered >= MIN_ANSWERED, "only " + answered);
    } finally {
      load.end();
    }
    assertEquals(List.of(), load.complaints());
    awaitDescriptors(service, before);
    List<String> said =
        service.output().substring(logged).lines().filter(line -> line.contains(LIBERTY)).toList();
    assertTrue(said.size() <= MAX_LOG_LINES, () -> said.size() + " lines, such as " + said.get(0));
  }

  /** All descriptors are taken by others for a while. */
  @Test
  void connectionsAreAcceptedAgainWhenThereAreDescriptors() throws Exception {
    List<String> limit = List.of("sh", "-c", "ulimit -n " + DESCRIPTORS + " && exec \"$0\" \"$@\"");
    int few = RunningService.freePort();
    try (RunningService limited = cloud.node(few, limit, Map.of());
        RawHttp guest = new RawHttp(URI.create("http://127.0.0.1:" + few))) {
      assertAnswered(guest);
      long before = descriptors(limited);
      int logged = limited.output().length();
      Process attack = attack(few, "connects=" + 2 * DESCRIPTORS);
      Thread.sleep(1000);
      assertAnswered(guest);
      BenchProgram.report(attack);
      awaitDescriptors(limited, before);
      try (RawHttp another = new RawHttp(URI.create("http://127.0.0.1:" + few))) {
        assertAnswered(another);
      }
      String said = limited.output().substring(logged);
      assertFalse(said.isEmpty(), "nothing is said");
      assertTrue(said.lines().count() <= MAX_LOG_LINES, said);
    }
  }

  private static SteadyLoad load() {
    return SteadyLoad.start(
        URI.create("http://127.0.0.1:" + port), cloud.sharedSecret(), questions);
  }

  private static Process attack(int server, String peers) throws IOException {
    return attacks.start(
        "Attacks", server, Map.of("kinds", peers, "from", ADDRESS, "seconds", SECONDS));
  }

  private static void assertAnswered(RawHttp guest) throws IOException {
    KnownAnswer question = questions.get(1);
    RawHttp.Reply reply = question.ask(guest, cloud.sharedSecret());
    assertTrue(question.is(reply), () -> "status " + reply.status());
  }

  private static void awaitDescriptors(RunningService service, long before) throws Exception {
    long end = System.nanoTime() + LONGEST_RECOVERY.toNanos();
    while (descriptors(service) > before + SPARE_DESCRIPTORS) {
      assertTrue(System.nanoTime() < end, before + " before, now " + descriptors(service));
      Thread.sleep(50);
    }
  }

  private static long descriptors(RunningService service) throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc", String.valueOf(service.pid()), "fd"))) {
      return open.count();
    }
  }

  /** As much as nova allows. */
  private static void giveUserData(KnownAnswer instance) throws Exception {
    try (Connection cell = DriverManager.getConnection(cloud.cellDatabase(instance.cell()));
        Statement statement = cell.createStatement()) {
      statement.execute(
          "UPDATE instances SET user_data = TO_BASE64(REPEAT('#', 45000)) WHERE uuid = '%s'"
              .formatted(instance.guest().instance()));
    }
  }
}
