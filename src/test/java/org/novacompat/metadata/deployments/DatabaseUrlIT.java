// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.deployments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.novacompat.metadata.conformance.ConformanceReplay;
import org.novacompat.metadata.fixture.DatabaseServer;
import org.novacompat.metadata.fixture.RawHttp;
import org.novacompat.metadata.fixture.RunningService;
import org.novacompat.metadata.fixture.SelfSigned;

/**
 * The built commands on a database server that takes no connection without TLS, with database URLs
 * as deployment tools write them, and a cell whose URL leads nowhere.
 */
class DatabaseUrlIT {
  private static final Path MIGRATE =
      Path.of("target/nova-compat-metadata/bin/nova-compat-migrate").toAbsolutePath();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String SECRET = "proxy secret";
  private static final String PROJECT = "3f2c1b0a9d8e4f7c8b6a5d4e3c2b1a00";
  private static final String IN_CELL1 = "6f1d3c1e-4b0a-4c38-9d0e-6f5a7b1c2d01";
  private static final String IN_CELL2 = "9a2b4c6d-8e0f-4a1b-8c3d-5e7f90a1b202";
  private static final String FLAW =
      "cell c8a41b7e-2d5f-4e03-9b6a-f17d3e8c5092(cell2): its database_connection is not usable:"
          + " postgresql is not supported: nova-compat reads MariaDB and MySQL";

  @TempDir private static Path folder;
  private static SelfSigned certificate;
  private static DatabaseServer server;

  @BeforeAll
  static void startTheDatabase() throws Exception {
    certificate = SelfSigned.make(folder);
    server =
        DatabaseServer.create(
            folder.resolve("data"),
            "--ssl-cert=" + certificate.certificate(),
            "--ssl-key=" + certificate.key());
    server.createDemo();
    server.execute(
        "nova_api",
        "UPDATE cell_mappings SET database_connection = 'postgresql://nova:hunter2@h/nova'"
            + " WHERE name = 'cell2'");
    server.execute("", "SET GLOBAL require_secure_transport = ON");
  }

  @AfterAll
  static void stopTheDatabase() {
    server.close();
  }

  @Test
  void optionFileIsReadAndCellWithoutAUsableUrlCostsThatCellAlone() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("tripleo.cnf"),
            "[tripleo]\nbind-address=127.0.0.1\nssl=1\nssl-ca=%s\npassword=hunter3\n"
                .formatted(certificate.certificate()));
    String parameters = "read_default_file=" + file + "&read_default_group=tripleo";
    int port = RunningService.freePort();
    Path conf = configuration(port, parameters);
    try (RunningService service =
        RunningService.start(folder, Map.of(), "--config-file", conf.toString())) {
      awaitAnswer(service, port);
      assertEquals(503, status(port, IN_CELL2));
      String told = service.output();
      assertEquals(
          1, told.lines().filter(line -> line.contains(".Cells [-] " + FLAW)).count(), told);
      assertFalse(told.contains("hunter"), told);
    }

    String status = migrate(1, "status", conf);
    assertTrue(status.contains(FLAW + "\n"), status);
    assertTrue(status.contains("(cell1): at version 0 of 2"), status);
    assertFalse(status.contains("hunter"), status);
  }

  @Test
  void systemsAuthoritiesVouchForTheServer() throws Exception {
    int port = RunningService.freePort();
    Path conf = configuration(port, "ssl_verify_identity=true");
    Map<String, String> system = Map.of("SSL_CERT_FILE", certificate.certificate().toString());
    try (RunningService service =
        RunningService.start(folder, system, "--config-file", conf.toString())) {
      awaitAnswer(service, port);
    }
  }

  private static Path configuration(int port, String parameters) throws IOException {
    String connection = server.connection("%s").replaceFirst(":any@", "@") + "&" + parameters;
    return Files.writeString(
        folder.resolve(port + ".conf"),
        """
        [DEFAULT]
        metadata_listen = 127.0.0.1
        metadata_listen_port = %d
        [api_database]
        connection = %s
        [database]
        connection = %s
        [neutron]
        service_metadata_proxy = true
        metadata_proxy_shared_secret = %s
        """
            .formatted(
                port,
                connection.replace("%s", "nova_api"),
                connection.replace("%s", "nova_cell0"),
                SECRET));
  }

  /** The first connection takes its time on a machine that is busy. */
  private static void awaitAnswer(RunningService service, int port) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (status(port, IN_CELL1) != 200) {
      assertTrue(System.nanoTime() < end, service.output());
      Thread.sleep(200);
    }
  }

  private static int status(int port, String instance) throws Exception {
    try (RawHttp http = new RawHttp(URI.create("http://127.0.0.1:" + port))) {
      return http.ask(
              "GET",
              "/openstack/latest/meta_data.json",
              Map.of(
                  "X-Instance-ID",
                  instance,
                  "X-Tenant-ID",
                  PROJECT,
                  "X-Instance-ID-Signature",
                  ConformanceReplay.signature(SECRET, instance)))
          .status();
    }
  }

  private static String migrate(int status, String command, Path conf) throws Exception {
    Process process =
        new ProcessBuilder(MIGRATE.toString(), command, "--config-file", conf.toString())
            .redirectErrorStream(true)
            .start();
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(120, TimeUnit.SECONDS), told);
    assertEquals(status, process.exitValue(), told);
    return told;
  }
}
