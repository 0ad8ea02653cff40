// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.novacompat.metadata.fixture.RunningService;
import org.novacompat.metadata.fixture.SelfSigned;
import org.novacompat.metadata.fixture.ServiceConf;

/** The command as an operator meets it, above all when something is wrong. */
@ResourceLock(RunningService.CLASS_ARCHIVE)
class LauncherIT {
  private static final Duration LONGEST_END = Duration.ofSeconds(5);
  private static final Map<String, String> SAME_JAVA =
      Map.of("JAVA_HOME", System.getProperty("java.home"));

  @TempDir private Path folder;
  private final int guestPort = freePort();

  @Test
  void explainsItself() throws Exception {
    try (RunningService help = RunningService.launch(folder, Map.of(), "--help")) {
      assertEquals(0, help.exitStatus());
      assertTrue(help.output().contains("--config-file"), help.output());
      assertTrue(help.output().contains("--config-dir"), help.output());
    }
    try (RunningService version = RunningService.launch(folder, Map.of(), "--version")) {
      assertEquals(0, version.exitStatus());
      assertTrue(version.output().startsWith("nova-compat metadata "), version.output());
    }
  }

  @Test
  void refusesAnUnknownOption() throws Exception {
    try (RunningService service = RunningService.launch(folder, Map.of(), "--confg-file", "x")) {
      assertEquals(2, service.exitStatus());
      assertEquals(
          "Unknown options: '--confg-file', 'x'",
          service.output().lines().findFirst().orElseThrow());
    }
  }

  @Test
  void namesFileLineAndOptionOfEveryWrongValueAndStartsNothing() throws Exception {
    Path conf =
        conf(
            "[DEFAULT]",
            "metadata_listen_port = eight",
            "[neutron]",
            "service_metadata_proxy = perhaps");
    List<String> lines = failure("--config-file", conf.toString());
    assertEquals(2, lines.size(), lines::toString);
    assertTrue(
        lines.get(0).startsWith(conf + ":2: [DEFAULT] metadata_listen_port: "), lines.get(0));
    assertTrue(
        lines.get(1).startsWith(conf + ":4: [neutron] service_metadata_proxy: "), lines.get(1));
  }

  @Test
  void startsWhateverApisNovaApiRuns() throws Exception {
    Path conf = withoutDatabase();
    for (String apis : List.of("", "osapi_compute,ec2")) {
      Map<String, String> environment =
          Map.of("JAVA_HOME", System.getProperty("java.home"), "OS_DEFAULT__ENABLED_APIS", apis);
      try (RunningService service =
          RunningService.start(folder, environment, "--config-file", conf.toString())) {
        assertEquals(
            1,
            service.output().lines().filter(line -> line.contains("enabled_apis")).count(),
            service::toString);
      }
    }
  }

  @Test
  void logsWhereTheCommandLineSaysAndTellsWhatItCannot() throws Exception {
    Path conf = withoutDatabase();
    Path log = folder.resolve("by-line.log");
    Files.writeString(
        conf, Files.readString(conf).replace("[database]", "log_file = /none/x\n[database]"));
    try (RunningService service =
        RunningService.start(
            folder,
            Map.of("JAVA_HOME", System.getProperty("java.home"), "OS_DEFAULT__DEBUG", "true"),
            "--config-file=" + conf,
            "--use-json",
            "--nouse-syslog",
            "--log-file",
            log.toString(),
            "--nodebug")) {
      assertEquals(0, service.terminate());
      String lines = Files.readString(log);
      assertEquals(service.output(), lines);
      assertFalse(lines.contains(" DEBUG "), lines);
      assertEquals(
          1,
          lines
              .lines()
              .filter(
                  line ->
                      line.contains(" WARNING ") && line.contains("--use-json: [DEFAULT] use_json"))
              .count(),
          lines);
      assertFalse(lines.contains("use_syslog"), lines);
    }
  }

  @Test
  void saysByWhatOptionALogCannotBeWritten() throws Exception {
    List<String> lines =
        failure("--config-file", withoutDatabase().toString(), "--log-dir=/none", "--log-file=x");
    assertEquals(1, lines.size(), lines::toString);
    assertTrue(lines.get(0).contains("/none/x"), lines.get(0));
  }

  @Test
  void readsTheFilesThatTheEnvironmentNamesForNovasWsgiApplication() throws Exception {
    withoutDatabase();
    Map<String, String> environment =
        Map.of(
            "JAVA_HOME",
            System.getProperty("java.home"),
            "OS_NOVA_CONFIG_DIR",
            folder.toString(),
            "OS_NOVA_CONFIG_FILES",
            "nova.conf");
    try (RunningService service = RunningService.start(folder, environment)) {
      assertTrue(service.output().contains(" on http://127.0.0.1:" + guestPort), service::toString);
    }
  }

  @Test
  void refusesToStartWithoutADatabase() throws Exception {
    Path conf = conf("[DEFAULT]", "metadata_listen = 127.0.0.1");
    List<String> lines = failure("--config-file", conf.toString());
    assertEquals(1, lines.size(), lines::toString);
    assertTrue(lines.get(0).contains("[database] connection"), lines.get(0));
    assertTrue(lines.get(0).contains("nova-conductor"), lines.get(0));
  }

  @Test
  void tellsOnceWhereAnOptionStandsThatNovaHeedsAndItDoesNot() throws Exception {
    Path conf = withoutDatabase();
    int lines = Files.readAllLines(conf).size();
    Files.writeString(
        conf,
        """
        [DEFAULT]
        enabled_ssl_apis = osapi_compute,metadata
        use_syslog = false
        [cache]
        enabled = true
        memcache_password = hunter2
        [api]
        vendordata_providers = StaticJSON,DynamicJSON
        """,
        StandardOpenOption.APPEND);
    Map<String, String> environment = new HashMap<>(SAME_JAVA);
    environment.put("OS_DEFAULT__USE_JSON", "true");
    try (RunningService service =
        RunningService.start(folder, environment, "--config-file", conf.toString())) {
      String tls = "[DEFAULT] enabled_ssl_apis is not heeded: ";
      String cache = "[cache] enabled is not heeded: ";
      String vendorData = "[api] vendordata_providers is heeded in part: ";
      assertEquals(
          List.of(
              conf + ":" + (lines + 2) + ": " + tls,
              conf + ":" + (lines + 5) + ": " + cache,
              conf + ":" + (lines + 8) + ": " + vendorData,
              "OS_DEFAULT__USE_JSON: [DEFAULT] use_json is not heeded: "),
          service
              .output()
              .lines()
              .filter(line -> line.contains(" heeded"))
              .map(line -> line.replaceFirst(".* WARNING \\S+ \\[-] (.* heeded[^:]*: ).*", "$1"))
              .toList());
      assertFalse(service.output().contains("hunter2"), service.output());
    }
  }

  @Test
  void refusesAPortThatIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      Path conf =
          conf(
              "[DEFAULT]",
              "metadata_listen = 127.0.0.1",
              "metadata_listen_port = " + taken.getLocalPort(),
              "[database]",
              "connection = mysql+pymysql://nova:secret@127.0.0.1:1/nova");
      List<String> lines = failure("--config-file", conf.toString());
      assertEquals(1, lines.size(), lines::toString);
      assertTrue(
          lines.get(0).contains("metadata_listen_port 127.0.0.1:" + taken.getLocalPort()),
          lines.get(0));
    }
  }

  @Test
  void endsAtOnceWhileItWaitsForADatabaseThatDoesNotAnswer() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
      Path conf =
          conf(
              "[DEFAULT]",
              "metadata_listen = 127.0.0.1",
              "metadata_listen_port = " + RunningService.freePort(),
              "[database]",
              "connection = mysql+pymysql://nova:secret@127.0.0.1:%d/nova"
                  .formatted(silent.getLocalPort()));
      try (RunningService service =
          RunningService.launch(folder, Map.of(), "--config-file", conf.toString())) {
        silent.accept();
        long start = System.nanoTime();
        assertEquals(0, service.terminate());
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertTrue(took.compareTo(LONGEST_END) < 0, "took " + took);
        assertTrue(service.output().endsWith(" [-] Ended\n"), service.output());
      }
    }
  }

  @Test
  void refusesAnOpenApiThatCannotBeAsItIsWanted() throws Exception {
    Path keys =
        Files.writeString(folder.resolve("keys"), "[ak]\nsecret = " + "s".repeat(32) + "\n");
    Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-r--r--"));
    assertOpenApiRefused("expected mode 0600", keys);

    Files.writeString(keys, "[ak]\nsecret = " + "s".repeat(32) + "\nprojects = p\n");
    Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-------"));
    assertOpenApiRefused("[esurfing] region_id", keys);
    assertOpenApiRefused(
        "5: [esurfing] signature_skew_seconds", keys, "signature_skew_seconds = 0");
    assertOpenApiRefused(
        "[esurfing] openapi_key_file is set", keys, "region_id = r", "openapi_key_file = x");
    assertOpenApiRefused(
        "6: [esurfing] openapi_cert_file: expected PEM files that are there",
        keys,
        "region_id = r",
        "openapi_cert_file = " + folder.resolve("none.pem"));
    assertOpenApiRefused(
        "which [DEFAULT] metadata_listen:metadata_listen_port has too",
        keys,
        "region_id = r",
        "openapi_listen_port = " + guestPort);
    SelfSigned one = SelfSigned.make(Files.createDirectory(folder.resolve("one")));
    SelfSigned other = SelfSigned.make(Files.createDirectory(folder.resolve("other")));
    assertOpenApiRefused(
        "has the key of another certificate",
        keys,
        "region_id = r",
        "openapi_cert_file = " + one.certificate(),
        "openapi_key_file = " + other.key());
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      assertOpenApiRefused(
          "[esurfing] openapi_listen:openapi_listen_port 127.0.0.1:" + taken.getLocalPort(),
          keys,
          "region_id = r",
          "openapi_listen_port = " + taken.getLocalPort());
    }
  }

  private void assertOpenApiRefused(String why, Path keys, String... more) throws Exception {
    List<String> text =
        new ArrayList<>(
            List.of(
                "[DEFAULT]",
                "metadata_listen_port = " + guestPort,
                "[esurfing]",
                "access_keys_file = " + keys));
    text.addAll(List.of(more));
    text.addAll(List.of("[database]", "connection = mysql+pymysql://nova:secret@127.0.0.1:1/nova"));
    Path conf = conf(text.toArray(String[]::new));
    List<String> lines = failure("--config-file", conf.toString());
    assertEquals(1, lines.size(), lines::toString);
    assertTrue(lines.get(0).contains(why), lines.get(0));
  }

  @Test
  void startsWithWhatItPreparedWithoutADatabase() throws Exception {
    assertTrue(prepare(withoutDatabase()).contains("without those of reading an instance"));
    try (RunningService service = startWithoutDatabase()) {
      assertTrue(mappedFiles(service).contains(archive().toString()), service::toString);
    }
  }

  @Test
  void startsWithoutAnArchiveAndMakesNone() throws Exception {
    Files.deleteIfExists(archive());
    Set<Path> before = archives();
    try (RunningService service = startWithoutDatabase()) {
      assertTrue(
          ProcessHandle.of(service.pid()).orElseThrow().children().findAny().isEmpty(),
          "the service has started another process");
    }
    assertEquals(before, archives());
  }

  @Test
  void preparesNothingForAConfigurationThatCannotBeUsed() throws Exception {
    Files.deleteIfExists(archive());
    List<String> lines = failure("--prepare", "--config-file", "none.conf");
    assertEquals(1, lines.size(), lines::toString);
    assertTrue(lines.get(0).contains("none.conf"), lines.get(0));
  }

  @Test
  void leavesAnArchiveAloneThatTheJvmCannotUseAndSaysNothing() throws Exception {
    prepare(withoutDatabase());
    byte[] broken = "no archive at all".getBytes(StandardCharsets.UTF_8);
    Path archive = archive();
    Files.delete(archive);
    Files.write(archive, broken);
    try (RunningService service = startWithoutDatabase()) {
      assertFalse(mappedFiles(service).contains(archive.toString()), service::toString);
      assertTrue(
          service.output().lines().allMatch(line -> line.contains(" org.novacompat.metadata")),
          service.output());
      assertArrayEquals(broken, Files.readAllBytes(archive));
    } finally {
      Files.delete(archive);
    }
  }

  @Test
  void trainsOnTheDatabaseOfNovaConfAndLeavesTheRestAlone() throws Exception {
    Path log = folder.resolve("nova-api-metadata.log");
    try (EmbeddedDatabase database = EmbeddedDatabase.start(Path.of("target", "mariadb-launcher"));
        ServerSocket taken = new ServerSocket(guestPort, 1, InetAddress.getByName("127.0.0.1"))) {
      database.createDatabase("nova_cell1");
      database.apply(Path.of("migrations", "nova", "cell.sql"), "nova_cell1");
      database.apply(Path.of("migrations", "demo", "cell1.sql"), "nova_cell1");
      Path conf =
          conf(
              "[DEFAULT]",
              "metadata_listen = 127.0.0.1",
              "metadata_listen_port = " + taken.getLocalPort(),
              "log_file = " + log,
              "[api]",
              "local_metadata_per_cell = true",
              "[database]",
              "connection = " + database.connection("nova_cell1"));
      String prepared = prepare(conf);
      assertEquals("Prepared: the classes of a start and of reading an instance", prepared.strip());
      FileTime made = Files.getLastModifiedTime(archive());
      assertTrue(preparation(conf).startsWith("already prepared: " + archive() + " "));
      assertEquals(made, Files.getLastModifiedTime(archive()));
    }
    assertFalse(Files.exists(log), log::toString);
    try (RunningService service = startWithoutDatabase()) {
      assertTrue(mappedFiles(service).contains(archive().toString()), service::toString);
    }
  }

  @Test
  void helpIsNoTrainingRun() throws Exception {
    prepare(withoutDatabase());
    Set<Path> before = archives();
    FileTime made = Files.getLastModifiedTime(archive());
    try (RunningService help = RunningService.launch(folder, SAME_JAVA, "--prepare", "--help")) {
      assertEquals(0, help.exitStatus());
    }
    assertEquals(made, Files.getLastModifiedTime(archive()));
    assertTrue(before.containsAll(archives()), () -> "left behind beside " + before);
  }

  private static Set<Path> archives() throws IOException {
    try (Stream<Path> files = Files.list(archive().getParent())) {
      return files.collect(Collectors.toSet());
    }
  }

  @Test
  void theDemoIsNotPrepared() throws Exception {
    Files.deleteIfExists(archive());
    try (RunningService service = RunningService.launch(folder, SAME_JAVA, "--prepare", "--demo")) {
      assertEquals(2, service.exitStatus());
      assertEquals(
          "--prepare and --demo do not go together",
          service.output().lines().findFirst().orElseThrow());
    }
  }

  @Test
  void anotherGarbageCollectorComesInThePlaceOfOurs() throws Exception {
    Map<String, String> other =
        Map.of(
            "JAVA_HOME",
            System.getProperty("java.home"),
            "JVM_ARGS",
            "-Xmx256m -XX:+UseG1GC -Xlog:gc");
    try (RunningService service = RunningService.launch(folder, other, "--version")) {
      assertEquals(0, service.exitStatus(), service::toString);
      assertTrue(service.output().contains("Using G1"), service.output());
    }
  }

  private String prepare(Path conf) throws Exception {
    Files.deleteIfExists(archive());
    return preparation(conf);
  }

  private String preparation(Path conf) throws Exception {
    try (RunningService preparation =
        RunningService.launch(folder, SAME_JAVA, "--prepare", "--config-file", conf.toString())) {
      assertEquals(0, preparation.exitStatus(), preparation.output());
      return preparation.output();
    }
  }

  private RunningService startWithoutDatabase() throws Exception {
    return RunningService.start(folder, SAME_JAVA, "--config-file", withoutDatabase().toString());
  }

  private Path withoutDatabase() throws Exception {
    return ServiceConf.write(folder, guestPort, "");
  }

  private static Path archive() throws IOException {
    return RunningService.classArchive();
  }

  private static String mappedFiles(RunningService service) throws IOException {
    return Files.readString(Path.of("/proc", String.valueOf(service.pid()), "maps"));
  }

  @Test
  void saysWhichFileIsMissing() throws Exception {
    List<String> lines = failure("--config-file", folder.resolve("none.conf").toString());
    assertEquals(1, lines.size(), lines::toString);
    assertTrue(lines.get(0).contains("none.conf"), lines.get(0));
  }

  private static int freePort() {
    try {
      return RunningService.freePort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path conf(String... lines) throws Exception {
    return Files.write(folder.resolve("nova.conf"), List.of(lines));
  }

  private List<String> failure(String... arguments) throws Exception {
    try (RunningService service = RunningService.launch(folder, Map.of(), arguments)) {
      assertEquals(1, service.exitStatus(), service::toString);
      return service.output().lines().toList();
    }
  }
}
