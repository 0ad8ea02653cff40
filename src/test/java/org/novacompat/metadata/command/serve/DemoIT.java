// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.novacompat.metadata.fixture.RawExchange;
import org.novacompat.metadata.fixture.RunningService;

/** The demo, and on it the guest endpoint as friends and enemies see it. */
@ResourceLock(RunningService.DEMO)
class DemoIT {
  private static final String ME = "127.0.0.1";
  private static final String META_DATA = "/openstack/latest/meta_data.json";
  private static final Duration LONGEST_END = Duration.ofMinutes(1);

  @TempDir private static Path folder;
  private static RunningService service;
  private static int port;

  @BeforeAll
  static void startTheDemo() throws Exception {
    port = RunningService.freePort();
    service =
        RunningService.start(
            folder,
            Map.of(
                "OS_DEFAULT__METADATA_LISTEN_PORT",
                String.valueOf(port),
                "OS_NOVA_COMPAT__DRAIN_SECONDS",
                String.valueOf(LONGEST_END.toSeconds())),
            "--demo");
  }

  @AfterAll
  static void answersUntilBalancersKnowOfTheEndAndEndsWithoutFussAtASecondSignal()
      throws Exception {
    if (service == null) {
      return;
    }
    try (RunningService ending = service) {
      assertEquals(200, RawExchange.get(port, ME, "/healthcheck").status());
      long start = System.nanoTime();
      ending.tellToEnd();
      while (RawExchange.get(port, ME, "/healthcheck").status() == 200) {
        Thread.sleep(20);
      }
      assertEquals("DRAINING", RawExchange.get(port, ME, "/healthcheck").body());
      RawExchange.Answer kept =
          RawExchange.send(port, ME, "GET " + META_DATA + " HTTP/1.1\r\nHost: x\r\n\r\n");
      assertEquals(200, kept.status());
      assertEquals("close", kept.header("Connection").orElseThrow());
      assertEquals(0, ending.terminate());
      assertTrue(System.nanoTime() - start < LONGEST_END.toNanos());
      assertTrue(ending.output().endsWith(" [-] Ended\n"), ending.output());
    }
  }

  @Test
  void answersACurlFromThisHost() throws Exception {
    RawExchange.Answer answer = RawExchange.get(port, ME, META_DATA);
    assertEquals(200, answer.status());
    assertEquals("application/json", answer.header("Content-Type").orElseThrow());
    assertTrue(answer.body().startsWith("{\"uuid\": \""), answer.body());
  }

  @Test
  void knowsTheThreeInstancesApartByTheirAddresses() throws Exception {
    String path = "/latest/meta-data/local-ipv4";
    for (String address : new String[] {"127.0.0.1", "127.0.0.2", "127.0.0.3"}) {
      assertEquals(address, RawExchange.get(port, address, path).body());
    }
    assertEquals(404, RawExchange.get(port, "127.0.0.4", path).status());
  }

  @Test
  void hasEsurfingsTreeWithCustomMetadataOfBothTables() throws Exception {
    assertEquals(
        "flavor_name\nhostname\nimage-id\ninstance/\ninstance-id\nnetwork/\nowner-account-id\n"
            + "private-ipv4\nregion-id\nuser_data\nvpc-id\nzone-id",
        RawExchange.get(port, ME, "/meta-data/").body());
    assertEquals("demo", RawExchange.get(port, ME, "/meta-data/region-id").body());
    String packages =
        "{\"requests\": \"2.27.1\", \"numpy\": \"1.16.6\", \"matplotlib\": \"2.2.5\"}";
    RawExchange.Answer all = RawExchange.get(port, ME, "/spec-meta-data");
    assertEquals("application/json", all.header("Content-Type").orElseThrow());
    assertEquals(
        "{\"role\": \"webserver\", \"environment\": \"demo\", \"requeirements\": " + packages + "}",
        all.body());
    String specs = "/meta-data/instance/specs/";
    assertEquals(packages, RawExchange.get(port, ME, specs + "requeirements").body());
    assertEquals("webserver", RawExchange.get(port, ME, specs + "ro%6ce").body());
    assertEquals("database", RawExchange.get(port, "127.0.0.2", specs + "role").body());
    assertEquals(404, RawExchange.get(port, "127.0.0.2", specs + "environment").status());
    assertTrue(RawExchange.get(port, ME, META_DATA).body().contains("\"role\": \"webserver\""));
    assertFalse(RawExchange.get(port, ME, META_DATA).body().contains("requeirements"));
  }

  @Test
  void isNotDisturbedByASecondDemo() throws Exception {
    Map<String, String> otherPort =
        Map.of("OS_DEFAULT__METADATA_LISTEN_PORT", String.valueOf(RunningService.freePort()));
    try (RunningService second = RunningService.launch(folder, otherPort, "--demo")) {
      assertEquals(1, second.exitStatus());
      assertTrue(second.output().contains("is in use"), second.output());
    }
    assertEquals(200, RawExchange.get(port, ME, META_DATA).status());
  }

  @Test
  void speaksNothingButHttp1() throws Exception {
    String[] upgrade = {"Upgrade: h2c", "HTTP2-Settings: AAMAAABkAAQAAP__"};
    assertEquals(200, RawExchange.get(port, ME, META_DATA, upgrade).status());
  }

  @Test
  void tellsWhichReleaseItPresentsAndWhy() throws Exception {
    assertTrue(
        service
            .output()
            .contains(
                " Presenting the metadata API of 2026.1 (gazpacho): 4 services (nova-compute,"
                    + " nova-conductor) have version 72, cell schema 2903cd72dc14\n"),
        service.output());
    assertTrue(RawExchange.get(port, ME, "/openstack").body().endsWith("2025-04-04\nlatest"));
  }

  @Test
  void printsCurlLinesToTry() throws Exception {
    assertTrue(service.output().contains("curl http://127.0.0.1:" + port + META_DATA));
    assertTrue(service.output().contains("--interface 127.0.0.3"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: 169.254.169.254",
        "Host: 169.254.169.254:80",
        "Host: controller:8775",
        "Host: balancer.example.org:18443",
        "Host: [fe80::a9fe:a9fe]:80",
        "Host: x:99999",
        "Host: x:abc",
        "Host:",
      })
  void answersWhateverTheHostHeaderSays(String host) throws Exception {
    assertEquals(200, RawExchange.get(port, ME, META_DATA, host).status());
  }

  @Test
  void answersWithoutAHostHeaderAsHttp10Does() throws Exception {
    assertEquals(
        200, RawExchange.send(port, ME, "GET /latest/meta-data/ HTTP/1.0\r\n\r\n").status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Forwarded-For: 127.0.0.3",
        "Forwarded: for=127.0.0.3",
        "X-Real-IP: 127.0.0.3",
        "X-Instance-ID: 00000000-0000-0000-0000-000000000003",
        "$WSRA: 127.0.0.3",
        "$WSRH: 127.0.0.3",
        "X-Metadata-Provider: p",
      })
  void believesNoHeaderAboutWhoAsks(String header) throws Exception {
    assertEquals(ME, RawExchange.get(port, ME, "/latest/meta-data/local-ipv4", header).body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/health",
        "/health/ready",
        "/metrics",
        "/openapi",
        "/openapi/ui",
        "/adminCenter",
        "/adminCenter/login.jsp",
        "/ibm/api/config",
        "/IBMJMXConnectorREST",
        "/WEB-INF/web.xml",
        "/META-INF/MANIFEST.MF",
        "/index.html",
        "/favicon.ico",
      })
  void hasNothingButTheTreesOnTheGuestEndpoint(String path) throws Exception {
    RawExchange.Answer answer = RawExchange.get(port, ME, path);
    assertEquals(404, answer.status());
    assertEquals("404 Not Found\n\nThe resource could not be found.\n\n   ", answer.body());
    assertSaysNothingOfTheServer(answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/a%2Fb",
        "/a%zz",
        "/a%00b",
        "/../..",
        "/%2e%2e/x",
        "/a\\b",
        "/%ff",
        "/a b",
        "a",
        "/..%2Fa",
        "/.;a",
        "/;a/b",
        "/a%"
      })
  void refusesABrokenPathInAShort400(String path) throws Exception {
    RawExchange.Answer answer = RawExchange.get(port, ME, path);
    assertTrue(answer.status() == 400 || answer.status() == 505, answer.head());
    assertSaysNothingOfTheServer(answer);
  }

  @Test
  void refusesTooMuchOfAHeaderInAShort400() throws Exception {
    assertRefused(RawExchange.get(port, ME, META_DATA, "X: " + "a".repeat(40_000)));
    assertRefused(RawExchange.get(port, ME, "/" + "a".repeat(40_000)));
    String[] many = new String[400];
    for (int i = 0; i < many.length; i++) {
      many[i] = "X" + i + ": 1";
    }
    assertRefused(RawExchange.get(port, ME, META_DATA, many));
  }

  @Test
  void tellsABalancerThatItIsWell() throws Exception {
    RawExchange.Answer answer = RawExchange.get(port, ME, "/healthcheck");
    assertEquals(200, answer.status());
    assertEquals("OK", answer.body());
  }

  @Test
  void keepsAPostedPasswordAndShowsItAtOnce() throws Exception {
    String path = "/openstack/latest/password";
    String guest = "127.0.0.2";
    assertEquals("", RawExchange.get(port, guest, path).body());
    RawExchange.Answer posted = post(guest, path, "Content-Length: 6\r\n\r\nsecret");
    assertEquals(200, posted.status());
    assertEquals("text/html; charset=UTF-8", posted.header("Content-Type").orElseThrow());
    assertEquals("", posted.body());
    assertEquals("secret", RawExchange.get(port, guest, path).body());
    assertEquals(409, post(guest, path, "Content-Length: 1\r\n\r\nx").status());
  }

  @Test
  void refusesMoreThanAPasswordAndReadsNoBodyToItsEnd() throws Exception {
    String path = "/openstack/latest/password";
    RawExchange.Answer tooLarge = post(ME, path, "Content-Length: 1021\r\n\r\n" + "x".repeat(1021));
    assertEquals("400 Bad Request\n\nRequest is too large.\n\n   ", tooLarge.body());
    RawExchange.Answer far = post(ME, path, "Content-Length: 100000\r\n\r\n" + "x".repeat(100_000));
    assertEquals(tooLarge.body(), far.body());
    assertEquals(400, far.status());
  }

  private static RawExchange.Answer post(String from, String path, String rest) throws Exception {
    return RawExchange.send(
        port, from, "POST " + path + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n" + rest);
  }

  @Test
  void drawsANewSeedForEveryRequest() throws Exception {
    assertFalse(
        RawExchange.get(port, ME, META_DATA)
            .body()
            .equals(RawExchange.get(port, ME, META_DATA).body()));
  }

  /** {@code -Dfuzz.requests=1000000 -Dfuzz.seed=2} goes on for hours. */
  @Test
  void answersInWellFormedHttpWhateverBytesCome() throws Exception {
    WireFuzz.run(port, Long.getLong("fuzz.seed", 1), Integer.getInteger("fuzz.requests", 500));
    assertFalse(service.output().contains("\tat "), service.output());
  }

  private static void assertRefused(RawExchange.Answer answer) {
    assertEquals(400, answer.status());
    assertEquals("text/plain; charset=UTF-8", answer.header("Content-Type").orElseThrow());
    assertSaysNothingOfTheServer(answer);
  }

  private static void assertSaysNothingOfTheServer(RawExchange.Answer answer) {
    String all = (answer.head() + answer.body()).toLowerCase(Locale.ROOT);
    for (String word :
        new String[] {
          "liberty",
          "websphere",
          "ibm",
          "cww",
          "srve",
          "exception",
          "java",
          "server:",
          "powered",
          "$ws"
        }) {
      assertFalse(all.contains(word), () -> word + " in " + all);
    }
    assertTrue(answer.body().length() < 300, answer.body());
  }
}
