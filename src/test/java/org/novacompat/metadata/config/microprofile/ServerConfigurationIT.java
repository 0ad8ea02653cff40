// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config.microprofile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.novacompat.metadata.fixture.RunningService;

/**
 * The options of nova.conf from each source of MicroProfile Config, on a Liberty without our
 * launcher.
 */
class ServerConfigurationIT {
  private static final Path LIBERTY = Path.of("target/liberty/wlp").toAbsolutePath();
  private static final Path WAR = Path.of("target/nova-compat-metadata.war").toAbsolutePath();
  private static final Duration LONGEST_START = Duration.ofMinutes(2);
  private static final String SECRET = "hunter2";

  @TempDir private Path folder;

  @Test
  void theSourceWithTheHighestOrdinalCounts() throws Exception {
    Path conf =
        Files.write(
            folder.resolve("nova.conf"),
            List.of(
                "[DEFAULT]",
                "use_json = true",
                "use_syslog = true",
                "use_journal = true",
                "publish_errors = true",
                "[cache]",
                "enabled = true",
                "[nova_compat]",
                "api_release = train"));
    String log =
        run(
            Map.of(
                "NOVA_DEFAULT_USE_SYSLOG", "yes",
                "NOVA_DEFAULT_USE_JOURNAL", "yes",
                "NOVA_DATABASE_CONNECTION", "mysql+pymysql://nova:" + SECRET + "@127.0.0.1:1/nova"),
            List.of(
                "-Dnova-compat.config-file=" + conf,
                "-Dnova.DEFAULT.use_journal=yes",
                "-Dnova.DEFAULT.publish_errors=yes"),
            """
            <variable name="nova.DEFAULT.publish_errors" value="yes"/>
            <variable name="nova.cache.enabled" value="yes"/>
            <variable name="nova.nova_compat.api_release" value="zed"/>
            <variable name="nova.api.dhcp_domian" value="example.org"/>
            <variable name="nova.neutron.service_metadata_proxy" value="true"/>
            <variable name="nova.neutron.metadata_proxy_shared_secret" value="%s"/>
            """
                .formatted(SECRET),
            "<appProperties><property name='nova.cache.enabled' value='on'/></appProperties>",
            "Presenting the metadata API of ");
    assertTrue(log.contains("Presenting the metadata API of zed"), log);
    assertWarned(log, conf + ":2: [DEFAULT] use_json ");
    assertWarned(log, "NOVA_DEFAULT_USE_SYSLOG: [DEFAULT] use_syslog ");
    assertWarned(log, "system property nova.DEFAULT.use_journal: [DEFAULT] use_journal ");
    assertWarned(log, "server.xml nova.DEFAULT.publish_errors: [DEFAULT] publish_errors ");
    assertWarned(log, "server.xml nova.cache.enabled: [cache] enabled ");
    assertWarned(log, "server.xml nova.api.dhcp_domian: [api] dhcp_domian is no option");
    assertFalse(log.contains(SECRET), log);
    assertFalse(log.contains("metadata_proxy_shared_secret"), log);
  }

  @Test
  void aWrongValueIsRefusedWithItsPlace() throws Exception {
    String log =
        run(
            Map.of("NOVA_API_LOCAL_METADATA_PER_CELL", "perhaps"),
            List.of("-Dnova-compat.config-file=" + Files.createFile(folder.resolve("nova.conf"))),
            "<variable name=\"nova.api.metadata_cache_expiration\" value=\"soon\"/>",
            "",
            "got 'perhaps'");
    assertTrue(
        log.contains(
            "server.xml nova.api.metadata_cache_expiration: [api]"
                + " metadata_cache_expiration: expected an integer of 0 or more, got 'soon'"),
        log);
    assertTrue(
        log.contains("NOVA_API_LOCAL_METADATA_PER_CELL: [api] local_metadata_per_cell: expected"),
        log);
  }

  private static void assertWarned(String log, String line) {
    assertEquals(1, log.lines().filter(any -> any.contains(line)).count(), line + "\n" + log);
  }

  /** Runs Liberty until its log holds a text. */
  private String run(
      Map<String, String> environment,
      List<String> options,
      String variables,
      String application,
      String awaited)
      throws Exception {
    Path server = Files.createDirectories(folder.resolve("usr/servers/defaultServer"));
    Files.writeString(
        server.resolve("server.xml"),
        """
        <server>
          <featureManager>
            <feature>servlet-6.0</feature>
            <feature>mpConfig-3.1</feature>
          </featureManager>
          <httpEndpoint id="defaultHttpEndpoint" httpPort="%d" httpsPort="-1"/>
          %s
          <webApplication location="%s" contextRoot="/">%s</webApplication>
        </server>
        """
            .formatted(RunningService.freePort(), variables, WAR, application));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + LIBERTY.resolve("lib/platform/java/java9.options"));
    command.addAll(options);
    command.addAll(
        List.of("-jar", LIBERTY.resolve("bin/tools/ws-server.jar").toString(), "defaultServer"));
    Path output = folder.resolve("console.log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    builder.environment().put("WLP_USER_DIR", folder.resolve("usr").toString());
    Process process = builder.start();
    try {
      long end = System.nanoTime() + LONGEST_START.toNanos();
      while (!logs(server, output).contains(awaited)
          && process.isAlive()
          && System.nanoTime() < end) {
        Thread.sleep(100);
      }
      return logs(server, output);
    } finally {
      process.destroy();
      process.waitFor();
    }
  }

  private static String logs(Path server, Path output) throws Exception {
    Path messages = server.resolve("logs/messages.log");
    return Files.exists(messages) ? Files.readString(messages) : Files.readString(output);
  }
}
