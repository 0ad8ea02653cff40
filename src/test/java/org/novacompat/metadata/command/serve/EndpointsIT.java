// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.novacompat.metadata.fixture.RunningService;
import org.novacompat.metadata.fixture.SelfSigned;
import org.novacompat.metadata.fixture.ServiceConf;

/**
 * Which endpoints the built server opens, whatever the start before it had. The starts are a de
 * Bruijn sequence over all sets of endpoints: with {@code -Dendpoints.order=3}, 66 starts have
 * every sequence of three, with 2, 17 starts have every one of two. The default, 1, has each once.
 */
class EndpointsIT {
  private static final int ORDER = Integer.getInteger("endpoints.order", 1);
  private static final int SETS = 4;
  private static final int OPENAPI = 1;
  private static final int ADMIN = 2;

  @TempDir private Path folder;
  private final List<Integer> ports = new ArrayList<>();
  private Path keys;
  private SelfSigned tls;

  @BeforeEach
  void prepare() throws Exception {
    for (int i = 0; i < 3; i++) {
      ports.add(RunningService.freePort());
    }
    keys = folder.resolve("keys");
    Files.writeString(keys, "[ak]\nsecret = %s\nprojects = p\n".formatted("s".repeat(32)));
    Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-------"));
    tls = SelfSigned.make(folder);
  }

  @Test
  void opensWhatIsAskedForWhateverTheStartBeforeHadAndGoesOnWithItsWorkIfThatWasTheSame()
      throws Exception {
    int last = -1;
    for (int set : starts()) {
      try (RunningService service =
          RunningService.start(
              folder,
              Map.of("JAVA_HOME", System.getProperty("java.home")),
              "--config-file",
              conf(set).toString())) {
        assertEquals(expected(set), open(), service::toString);
        assertEquals(expected(set), told(service), service::toString);
        assertEquals(set == last, Files.exists(learnt()), "the work area of the start before");
        assertEquals(0, service.terminate(), service::toString);
      }
      Files.writeString(learnt(), "");
      last = set;
    }
  }

  /** The last start once more, too. */
  private static List<Integer> starts() {
    List<Integer> starts = new ArrayList<>(IntStream.range(0, SETS).boxed().toList());
    if (ORDER > 1) {
      starts = walk();
    }
    starts.add(starts.get(starts.size() - 1));
    return starts;
  }

  /**
   * Goes, from each place, to the highest set with which the last few are a sequence not yet seen.
   */
  private static List<Integer> walk() {
    List<Integer> walk = new ArrayList<>(Collections.nCopies(ORDER - 1, 0));
    Set<List<Integer>> seen = new HashSet<>();
    int next = SETS - 1;
    while (next >= 0) {
      List<Integer> sequence = new ArrayList<>(walk.subList(walk.size() - ORDER + 1, walk.size()));
      sequence.add(next);
      if (seen.add(sequence)) {
        walk.add(next);
        next = SETS;
      }
      next--;
    }
    return walk;
  }

  private Set<Integer> expected(int set) {
    return Stream.of(0, OPENAPI, ADMIN)
        .filter(endpoint -> (endpoint & set) == endpoint)
        .map(ports::get)
        .collect(Collectors.toSet());
  }

  private Set<Integer> open() throws IOException {
    Set<Integer> open = new HashSet<>();
    for (int port : ports) {
      try (Socket socket = new Socket("127.0.0.1", port)) {
        open.add(socket.getPort());
      } catch (ConnectException e) {
        // not open
      }
    }
    return open;
  }

  private Set<Integer> told(RunningService service) throws IOException {
    String output = service.output();
    return ports.stream()
        .filter(port -> output.matches("(?s).* on https?://127\\.0\\.0\\.1:" + port + "/\n.*"))
        .collect(Collectors.toSet());
  }

  private Path learnt() {
    return Path.of(
        "target/nova-compat-metadata/state/127.0.0.1-" + ports.get(0), "metadata/workarea/learnt");
  }

  private Path conf(int set) throws IOException {
    String text = "";
    if ((set & OPENAPI) != 0) {
      text +=
          """
          [esurfing]
          access_keys_file = %s
          region_id = r
          openapi_listen_port = %d
          openapi_cert_file = %s
          openapi_key_file = %s
          """
              .formatted(keys, ports.get(OPENAPI), tls.certificate(), tls.key());
    }
    if ((set & ADMIN) != 0) {
      text +=
          """
          [nova_compat]
          admin_listen_port = %d
          admin_cert_file = %s
          admin_key_file = %s
          """
              .formatted(ports.get(ADMIN), tls.certificate(), tls.key());
    }
    return ServiceConf.write(folder, ports.get(0), text);
  }
}
