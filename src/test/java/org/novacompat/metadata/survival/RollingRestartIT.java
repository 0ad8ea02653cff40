// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.survival;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.novacompat.metadata.conformance.Conformance;
import org.novacompat.metadata.conformance.ConformanceRecording;
import org.novacompat.metadata.conformance.ConformanceRows;
import org.novacompat.metadata.conformance.KnownAnswer;
import org.novacompat.metadata.conformance.TestCloud;
import org.novacompat.metadata.fixture.RawHttp;
import org.novacompat.metadata.fixture.RunningService;

/** Nodes that end, under load: behind a real HAProxy as we ship its configuration, and alone. */
class RollingRestartIT {
  private static final String REQUIRED = "NOVA_COMPAT_REQUIRE_CHAIN";

  /** HAProxy needs 3. */
  private static final int DRAIN_SECONDS = 5;

  @TempDir private static Path folder;
  private static TestCloud cloud;
  private static List<KnownAnswer> questions;

  @BeforeAll
  static void fillTheDatabases() throws Exception {
    cloud = TestCloud.databases(folder, "[nova_compat]\ndrain_seconds = " + DRAIN_SECONDS + "\n");
    List<ConformanceRecording> recordings = Conformance.recordings();
    new ConformanceRows(cloud).insert(recordings);
    questions = KnownAnswer.of(recordings);
  }

  @AfterAll
  static void stopTheDatabases() {
    if (cloud != null) {
      cloud.close();
    }
  }

  @Test
  void noRequestIsLostWhenOneNodeAfterTheOtherIsRestarted() throws Exception {
    requireHaproxy();
    int[] ports = {RunningService.freePort(), RunningService.freePort()};
    List<CompletableFuture<RunningService>> starts =
        List.of(startNode(ports[0]), startNode(ports[1]));
    try (RunningService first = starts.get(0).join();
        RunningService second = starts.get(1).join();
        Haproxy haproxy = Haproxy.start(folder, ports[0], ports[1])) {
      SteadyLoad load = SteadyLoad.start(haproxy.address(), cloud.sharedSecret(), questions);
      try (RunningService firstAgain = restart(first, ports[0])) {
        haproxy.awaitBack("node1");
        try (RunningService secondAgain = restart(second, ports[1])) {
          haproxy.awaitBack("node2");
          load.end();
          assertEquals(List.of(), load.complaints(), haproxy.output());
          assertTrue(load.asked() > 1000, () -> "only " + load.asked());
          assertTrue(!firstAgain.output().contains("Draining"));
          assertTrue(!secondAgain.output().contains("Draining"));
        }
      } finally {
        load.end();
      }
    }
  }

  @Test
  void whoAsksANodeDirectlyGetsWholeAnswersUntilItDoesNotListenAnyMore() throws Exception {
    int port = RunningService.freePort();
    try (RunningService node = cloud.node(port);
        Socket slow = new Socket("127.0.0.1", port)) {
      slow.getOutputStream().write(passwordWithout("ret"));
      CountDownLatch underWay = new CountDownLatch(10);
      CompletableFuture<Void> direct =
          CompletableFuture.runAsync(() -> askUntilItHasEnded(port, underWay));
      assertTrue(underWay.await(20, TimeUnit.SECONDS));
      node.tellToEnd();
      direct.join();
      slow.getOutputStream().write("ret".getBytes(StandardCharsets.UTF_8));
      String answer = new String(slow.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(answer.startsWith("HTTP/1.1 200 OK\r\n"), answer);
      assertEquals(0, node.exitStatus());
    }
  }

  /**
   * On one connection as long as it lasts; a connection may be refused or closed, an answer not.
   */
  private static void askUntilItHasEnded(int port, CountDownLatch underWay) {
    try (RawHttp http = new RawHttp(URI.create("http://127.0.0.1:" + port))) {
      for (int i = 0; ; i++) {
        KnownAnswer question = questions.get(i % questions.size());
        RawHttp.Reply reply = question.ask(http, cloud.sharedSecret());
        assertTrue(question.is(reply), () -> reply.toString());
        underWay.countDown();
      }
    } catch (EOFException e) {
      assertEquals("the connection ends within a line", e.getMessage());
    } catch (IOException e) {
      assertTrue(e instanceof SocketException, e::toString);
    }
  }

  /** A request whose body lacks its end. */
  private static byte[] passwordWithout(String end) {
    KnownAnswer guest = questions.get(0);
    StringBuilder request = new StringBuilder("POST /openstack/latest/password HTTP/1.1\r\n");
    request.append("Host: x\r\nContent-Length: ").append("sec".length() + end.length());
    guest
        .headers(cloud.sharedSecret())
        .forEach((name, value) -> request.append("\r\n").append(name).append(": ").append(value));
    return request.append("\r\n\r\nsec").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static CompletableFuture<RunningService> startNode(int port) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return cloud.node(port);
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static RunningService restart(RunningService node, int port) throws Exception {
    assertEquals(0, node.terminate());
    assertTrue(node.output().contains("Draining: "), node.output());
    return cloud.node(port);
  }

  private static void requireHaproxy() throws InterruptedException {
    Optional<String> lack = Haproxy.lack();
    if (lack.isPresent()) {
      if ("1".equals(System.getenv(REQUIRED))) {
        fail(REQUIRED + " is set, but " + lack.get());
      }
      abort(lack.get());
    }
  }
}
