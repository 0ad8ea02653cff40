// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.novacompat.metadata.ConformanceRecording.Guest;
import org.novacompat.metadata.keystone.FakeOpenStack;

/** The built server asks Neutron for security groups, and for nothing else. */
class SecurityGroupsIT {
  private static final String WEB = "1227b4f6-7979-4bf9-bd8f-9de676ab31c5";
  private static final Duration LONGEST_FAILURE = Duration.ofMillis(3500);

  @TempDir private Path folder;
  private FakeOpenStack openStack;
  private ConformanceCloud cloud;
  private Guest guest;

  @BeforeEach
  void startTheServer() throws Exception {
    openStack = FakeOpenStack.start();
    cloud = ConformanceCloud.start(folder, openStack.novaConf());
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
    assertEquals(List.of(), openStack.asked());
    openStack.neutron(FakeOpenStack.Fault.SLOW);

    long start = System.nanoTime();
    assertEquals(503, ask("/latest/meta-data/security-groups").status());
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    assertTrue(took.compareTo(LONGEST_FAILURE) < 0, "took " + took);
    assertEquals(200, ask("/openstack/latest/meta_data.json").status());

    openStack.neutron(FakeOpenStack.Fault.NONE);
    assertEquals("web", get("/latest/meta-data/security-groups"));
    assertEquals("web", get("/1.0/meta-data/security-groups/"));
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
          Caller.GUEST.headers(
              guest, instance -> ConformanceReplay.signature(cloud.sharedSecret(), instance)));
    }
  }
}
