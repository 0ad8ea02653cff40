// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.novacompat.metadata.fixture.RunningService;

/** What systemd hears of the built server. */
@ResourceLock(RunningService.CLASS_ARCHIVE)
class ReadinessIT {
  private static final Duration WATCHDOG = Duration.ofSeconds(3);

  /** How late a ping may be on a machine that is busy. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final String PING = "WATCHDOG=1";
  private static final int NOBODY_LISTENS = 1;
  private static final int MANY_GUESTS = 400;

  @TempDir private Path folder;
  private int guestPort;

  @BeforeEach
  void choosePort() throws IOException {
    guestPort = RunningService.freePort();
  }

  @Test
  void isReadyWhenItAnswersAndSaysWhenItEnds() throws Exception {
    try (NotifySocket systemd = NotifySocket.at(folder.resolve("notify"));
        RunningService service = launch(systemd, NOBODY_LISTENS)) {
      String ready = systemd.await("READY=1\n");
      assertEquals(200, answerToNobody());
      assertTrue(
          ready.endsWith(
              "\nSTATUS=Serving the EC2 and OpenStack metadata APIs on http://127.0.0.1:%d/"
                  .formatted(guestPort)),
          ready);
      assertTrue(systemd.received().get(0).startsWith("STATUS="), systemd.received()::toString);
      assertEquals(0, service.terminate(), service::toString);
      String stopping = systemd.await("STOPPING=1\n");
      assertTrue(stopping.contains("\nEXTEND_TIMEOUT_USEC=25000000"), stopping);
      assertEquals(1, systemd.count(ready), systemd.received()::toString);
    }
  }

  @Test
  void pingsAsLongAsItRunsAndLeavesNoChildToSpeakForIt() throws Exception {
    Files.deleteIfExists(RunningService.classArchive());
    try (NotifySocket systemd = NotifySocket.inAbstractNamespace("nova-compat-" + guestPort);
        RunningService service = launch(systemd, NOBODY_LISTENS)) {
      systemd.await("READY=1\n");
      assertPings(systemd);
      assertTrue(
          children(service).allMatch(child -> !environment(child).contains("NOTIFY_SOCKET")));
      signal(service, "STOP");
      Thread.sleep(200);
      long before = systemd.count(PING);
      Thread.sleep(WATCHDOG.toMillis());
      assertEquals(before, systemd.count(PING));
      signal(service, "CONT");
      assertPings(systemd);
    }
  }

  @Test
  void drainingIsSaid() throws Exception {
    try (NotifySocket systemd = NotifySocket.at(folder.resolve("notify"));
        RunningService service = launch(systemd, NOBODY_LISTENS)) {
      systemd.await("READY=1\n");
      assertEquals(200, ask("/healthcheck"));
      service.tellToEnd();
      systemd.await("STATUS=Draining: /healthcheck says 503 for 10 seconds");
      assertPings(systemd);
      service.tellToEnd();
      assertEquals(0, service.exitStatus());
    }
  }

  /** So many guests wait for a database that says nothing that a request must wait behind them. */
  @Test
  void aSilentDatabaseIsNoReasonToStartAnew() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        NotifySocket systemd = NotifySocket.at(folder.resolve("notify"));
        RunningService service = launch(systemd, silent.getLocalPort())) {
      systemd.await("READY=1\n");
      HttpClient guests = HttpClient.newHttpClient();
      for (int i = 0; i < MANY_GUESTS; i++) {
        guests.sendAsync(request("/latest/meta-data/"), BodyHandlers.discarding());
      }
      assertPings(systemd);
      assertPings(systemd);
      assertFalse(service.output().contains("does not answer itself"), service::toString);
    }
  }

  @Test
  void aSocketThatIsNotThereIsOneLineInTheLog() throws Exception {
    Map<String, String> environment =
        Map.of(
            "JAVA_HOME",
            System.getProperty("java.home"),
            "NOTIFY_SOCKET",
            folder.resolve("none").toString(),
            "WATCHDOG_USEC",
            "200000");
    try (RunningService service =
        RunningService.start(folder, environment, "--config-file", conf(NOBODY_LISTENS))) {
      assertEquals(200, answerToNobody());
      Thread.sleep(1000);
      List<String> lines =
          service.output().lines().filter(line -> line.contains("systemd cannot be told")).toList();
      assertEquals(1, lines.size(), service::toString);
      assertTrue(lines.get(0).contains(" WARNING "), lines.get(0));
    }
  }

  @Test
  void aTrainingRunSaysNothing() throws Exception {
    Files.deleteIfExists(RunningService.classArchive());
    try (NotifySocket systemd = NotifySocket.at(folder.resolve("notify"));
        RunningService preparation =
            RunningService.launch(
                folder,
                systemd.environment(WATCHDOG),
                "--prepare",
                "--config-file",
                conf(NOBODY_LISTENS))) {
      assertEquals(0, preparation.exitStatus(), preparation::toString);
      assertEquals(List.of(), systemd.received());
    }
  }

  private static void assertPings(NotifySocket systemd) throws InterruptedException {
    long before = systemd.count(PING);
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (systemd.count(PING) == before) {
      assertTrue(System.nanoTime() < until, systemd.received()::toString);
      Thread.sleep(50);
    }
  }

  private RunningService launch(NotifySocket systemd, int database) throws Exception {
    return RunningService.launch(
        folder, systemd.environment(WATCHDOG), "--config-file", conf(database));
  }

  private String conf(int database) throws IOException {
    return Files.writeString(
            folder.resolve("nova.conf"),
            """
            [DEFAULT]
            metadata_listen = 127.0.0.1
            metadata_listen_port = %d
            [api]
            local_metadata_per_cell = true
            [database]
            connection = mysql+pymysql://nova:secret@127.0.0.1:%d/nova
            """
                .formatted(guestPort, database))
        .toString();
  }

  private int answerToNobody() throws Exception {
    return ask("/");
  }

  private int ask(String path) throws Exception {
    return HttpClient.newHttpClient().send(request(path), BodyHandlers.discarding()).statusCode();
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + guestPort + path)).build();
  }

  private static Stream<ProcessHandle> children(RunningService service) {
    return ProcessHandle.of(service.pid()).orElseThrow().descendants();
  }

  private static String environment(ProcessHandle process) {
    try {
      return Files.readString(
          Path.of("/proc", String.valueOf(process.pid()), "environ"), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return ""; // it has ended
    }
  }

  private static void signal(RunningService service, String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, String.valueOf(service.pid())).start().waitFor();
  }
}
