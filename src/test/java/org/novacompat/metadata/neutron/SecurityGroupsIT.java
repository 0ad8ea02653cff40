// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.neutron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.novacompat.metadata.conformance.Conformance;
import org.novacompat.metadata.conformance.ConformanceRecording;
import org.novacompat.metadata.conformance.ConformanceRecording.Guest;
import org.novacompat.metadata.conformance.ConformanceReplay;
import org.novacompat.metadata.conformance.ConformanceRows;
import org.novacompat.metadata.conformance.RecordedCaller;
import org.novacompat.metadata.conformance.TestCloud;
import org.novacompat.metadata.fixture.RawHttp;
import org.novacompat.metadata.fixture.RunningService;
import org.novacompat.metadata.keystone.FakeOpenStack;
import org.novacompat.metadata.keystone.FakeOpenStack.Fault;

/**
 * The built server asks Neutron for security groups and for ports by address, and for nothing else.
 */
class SecurityGroupsIT {
  private static final String WEB = "1227b4f6-7979-4bf9-bd8f-9de676ab31c5";
  private static final Duration LONGEST_RECOVERY = Duration.ofSeconds(25);
  private static final Duration LONGEST_FAILURE = Duration.ofSeconds(10);

  @TempDir private Path folder;
  private FakeOpenStack openStack;
  private TestCloud cloud;
  private Guest guest;

  @BeforeEach
  void startTheServer() throws Exception {
    openStack = FakeOpenStack.start();
    cloud =
        TestCloud.start(folder, openStack.novaConf() + "[api]\nmetadata_cache_expiration = 1\n");
    ConformanceRecording plain =
        Conformance.recordings().stream()
            .filter(recording -> recording.shape().equals("plain"))
            .findFirst()
            .orElseThrow();
    new ConformanceRows(cloud).insert(List.of(plain));
    guest = plain.guest();
    openStack.addPort(guest.instance(), "10.0.0.9", WEB);
  }

  @AfterEach
  void stopTheServer() {
    if (cloud != null) {
      cloud.close();
    }
    openStack.close();
  }

  @Test
  void neutronIsAskedForTheOnePathThatNeedsItAndOnlyThatPathFailsWithoutIt() throws Exception {
    assertEquals("plain", get("/latest/meta-data/hostname").replaceFirst("\\..*", ""));
    assertTrue(get("/latest/meta-data/").endsWith("\nsecurity-groups"));
    assertTrue(
        openStack.asked().stream().noneMatch(question -> question.contains(guest.instance())),
        () -> openStack.asked().toString());

    openStack.keystone(Fault.LATE);
    openStack.revokeTokens();
    long end = System.nanoTime() + LONGEST_RECOVERY.toNanos();
    while (!isTold("/latest/meta-data/security-groups")) {
      assertTrue(System.nanoTime() < end, "the login is not waited for");
      assertEquals(200, ask("/openstack/latest/meta_data.json").status());
    }
    assertEquals("web", get("/latest/meta-data/security-groups"));
    assertEquals("web", get("/1.0/meta-data/security-groups/"));
    assertTrue(openStack.logins().size() <= 4, "a login for each guest");

    openStack.neutron(Fault.SLOW);
    Thread.sleep(1100);
    assertEquals("web", get("/latest/meta-data/security-groups"), "as it was");
  }

  /** A tenant may write any instance's UUID into a port of its own. */
  @Test
  void aPortSpeaksForInstancesOfItsProjectAlone() throws Exception {
    openStack.addPortOf(guest.tenant(), guest.instance(), "10.0.0.10");
    openStack.addPortOf("another project", guest.instance(), "10.0.0.11");
    int port = RunningService.freePort();
    try (RunningService node =
        cloud.node(
            port,
            Map.of(
                "OS_NEUTRON__SERVICE_METADATA_PROXY", "false",
                "OS_API__USE_FORWARDED_FOR", "true"))) {
      URI address = URI.create("http://127.0.0.1:" + port);
      try (RawHttp http = new RawHttp(address)) {
        assertEquals(200, from(http, "10.0.0.10"));
        assertEquals(404, from(http, "10.0.0.11"));
        assertEquals(404, from(http, "10.0.0.12"));
      }
      assertTrue(
          node.output()
              .contains(
                  "404: instance "
                      + guest.instance()
                      + " is of another project than its port or proxy says: another project"),
          node.output());
    }
  }

  private static int from(RawHttp http, String address) throws Exception {
    return http.ask("GET", "/openstack/latest/meta_data.json", Map.of("X-Forwarded-For", address))
        .status();
  }

  private boolean isTold(String path) throws Exception {
    long start = System.nanoTime();
    RawHttp.Reply reply = ask(path);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    assertTrue(took.compareTo(LONGEST_FAILURE) < 0, "took " + took);
    return reply.status() == 200 && reply.body().length > 0;
  }

  private String get(String path) throws Exception {
    RawHttp.Reply reply = ask(path);
    assertEquals(200, reply.status(), path);
    return new String(reply.body(), StandardCharsets.UTF_8);
  }

  private RawHttp.Reply ask(String path) throws Exception {
    try (RawHttp http = new RawHttp(cloud.address())) {
      return http.ask(
          "GET",
          path,
          RecordedCaller.GUEST.headers(
              guest, instance -> ConformanceReplay.signature(cloud.sharedSecret(), instance)));
    }
  }
}
