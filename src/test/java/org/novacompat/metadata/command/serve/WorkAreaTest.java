// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.novacompat.metadata.config.NovaConf;

class WorkAreaTest {
  /** The endpoints beside the guests', as nova.conf asks for them by the environment. */
  private static final Map<String, String> OPENAPI =
      Map.of("OS_ESURFING__ACCESS_KEYS_FILE", "/keys");

  private static final Map<String, String> ADMIN = Map.of("OS_NOVA_COMPAT__ADMIN_LISTEN_PORT", "1");
  private static final List<Map<String, String>> ENDPOINTS =
      List.of(Map.of(), OPENAPI, ADMIN, both());

  private final Map<Map<String, String>, NovaConf> confs = new HashMap<>();
  @TempDir private Path folder;
  private Installation installation;
  private WorkArea area;
  private int starts;

  @BeforeEach
  void install() throws IOException {
    installation = new Installation(folder.resolve("home"));
    write("lib/versions/openliberty.properties", "26.0.0.3");
    write("usr/servers/metadata/server.xml", "<server/>");
    area = WorkArea.in(folder.resolve("state"));
  }

  @Test
  void isTheWorkOfAStartWithTheSameEndpointsOrNoneWhateverCameBefore() throws IOException {
    for (List<Map<String, String>> sequence : sequences()) {
      area.open("of nothing");
      Optional<Map<String, String>> last = Optional.empty();
      for (Map<String, String> endpoints : sequence) {
        assertEquals(
            last.filter(endpoints::equals), leftBehind(start(endpoints)), sequence::toString);
        end(endpoints);
        last = Optional.of(endpoints);
      }
    }
  }

  @Test
  void isDeletedAfterAStartThatDidNotEndCleanly() throws IOException {
    start(ADMIN);
    end(ADMIN);
    assertEquals(Optional.of(ADMIN), leftBehind(start(ADMIN)));
    assertEquals(Optional.empty(), leftBehind(start(ADMIN)));
  }

  @Test
  void hasAnotherOriginWithAnotherLibertyConfigurationOrPropertyButNotWithAnotherApplication()
      throws IOException {
    String first = origin(Map.of());
    write("usr/servers/metadata/apps/a.war/a.class", "x");
    write("usr/servers/metadata/workarea/.sLock", "x");
    assertEquals(first, origin(Map.of()));
    write("usr/servers/metadata/server.xml", "<Server/>");
    String configured = origin(Map.of());
    assertNotEquals(first, configured);
    write("usr/servers/metadata/configDropins/overrides/more.xml", "<server/>");
    assertNotEquals(configured, origin(Map.of()));
    write("lib/versions/openliberty.properties", "26.0.0.4");
    String updated = origin(Map.of());
    assertNotEquals(configured, updated);
    assertNotEquals(updated, origin(Map.of("OS_DEFAULT__METADATA_LISTEN_PORT", "1")));
    assertNotEquals(updated, origin(Map.of("OS_DEFAULT__DEBUG", "true")));
  }

  private static Map<String, String> both() {
    Map<String, String> both = new HashMap<>(OPENAPI);
    both.putAll(ADMIN);
    return both;
  }

  /** All of three starts, which begin with all of two. */
  private static List<List<Map<String, String>>> sequences() {
    List<List<Map<String, String>>> sequences = new ArrayList<>();
    for (Map<String, String> first : ENDPOINTS) {
      for (Map<String, String> second : ENDPOINTS) {
        for (Map<String, String> third : ENDPOINTS) {
          sequences.add(List.of(first, second, third));
        }
      }
    }
    return sequences;
  }

  /** What a start finds; it leaves its own endpoints behind. */
  private List<Map<String, String>> start(Map<String, String> endpoints) throws IOException {
    area.open(origin(endpoints));
    List<Map<String, String>> found = new ArrayList<>();
    for (Map<String, String> before : ENDPOINTS) {
      if (Files.exists(learnt(before))) {
        found.add(before);
      }
    }
    Files.createDirectories(learnt(endpoints).getParent());
    Files.writeString(learnt(endpoints), "");
    return found;
  }

  private void end(Map<String, String> endpoints) throws IOException {
    area.keep(origin(endpoints));
  }

  private static Optional<Map<String, String>> leftBehind(List<Map<String, String>> found) {
    return found.stream().findFirst().filter(first -> found.size() == 1);
  }

  private Path learnt(Map<String, String> endpoints) {
    return area.folder().resolve("platform/learnt-" + ENDPOINTS.indexOf(endpoints));
  }

  private String origin(Map<String, String> environment) throws IOException {
    NovaConf conf =
        confs.computeIfAbsent(environment, all -> NovaConf.load(List.of(), List.of(), all));
    Map<String, String> properties = LibertyServer.properties(conf);
    for (TlsEndpoint endpoint : TlsEndpoint.of(conf)) {
      properties.putAll(
          endpoint.properties(new ServerKeys(Path.of("/keys.p12"), "secret " + starts++)));
    }
    return WorkArea.origin(installation, properties);
  }

  private void write(String file, String text) throws IOException {
    Path path = installation.liberty().resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
