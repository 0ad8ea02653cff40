// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.deployments;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.novacompat.metadata.conformance.ConformanceRecording.Guest;
import org.novacompat.metadata.conformance.ConformanceReplay;
import org.novacompat.metadata.conformance.RecordedCaller;
import org.novacompat.metadata.fixture.DatabaseServer;
import org.novacompat.metadata.fixture.RawExchange;
import org.novacompat.metadata.fixture.RunningService;
import org.novacompat.metadata.fixture.SelfSigned;

/**
 * The built server starts with the files, command line and environment that deployment tools write,
 * answers the guests of such a cloud, and says in its log what of it is not heeded.
 */
class DeploymentsIT {
  /** An instance of the demo, in the cell that has two of them. */
  private static final String INSTANCE = "6f1d3c1e-4b0a-4c38-9d0e-6f5a7b1c2d01";

  private static final String PROJECT = "3f2c1b0a9d8e4f7c8b6a5d4e3c2b1a00";
  private static final String ADDRESS = "127.0.0.1";
  private static final Duration LONGEST_OUTAGE = Duration.ofSeconds(20);

  private static final Path CELL_TABLES = Path.of("migrations/nova/cell.sql");
  private static final Path DEMO_CELL = Path.of("migrations/demo/cell1.sql");
  private static final String CELL0_CONNECTION =
      "{scheme}://{username}:{password}@{hostname}:{port}/nova_cell0?{query}";
  private static final String CELL1_CONNECTION =
      "{scheme}://{username}:{password}@{hostname}:{port}/nova?{query}";

  /** A file, a line and an option at the start of a message. */
  private static final Pattern PLACE = Pattern.compile("(/\\S+):([0-9]+): \\[\\w+\\] (\\w+)");

  /** What nova's metadata API never reads, so that a word about it would be noise. */
  private static final Set<String> GROUPS_OF_OTHERS =
      Set.of(
          "barbican",
          "barbican_service_user",
          "cinder",
          "conductor",
          "filter_scheduler",
          "glance",
          "guestfs",
          "image_cache",
          "key_manager",
          "keystone_authtoken",
          "libvirt",
          "os_vif_ovs",
          "oslo_concurrency",
          "oslo_limit",
          "oslo_messaging_rabbit",
          "oslo_policy",
          "placement",
          "privsep_entrypoint",
          "scheduler",
          "spice",
          "upgrade_levels",
          "vnc");

  private static final List<String> SECRETS = List.of("SECRET", "SERVICE_PASSWORD", "DB_PASSWORD");

  @TempDir private static Path folder;

  /** What is filled into the files, but for what each has of its own. */
  private static final Map<String, String> VALUES = new HashMap<>();

  private static SelfSigned certificate;
  private static SelfSigned otherAuthority;
  private static DatabaseServer database;

  /** One for all, for which Liberty finds what it left behind. */
  private static int port;

  @BeforeAll
  static void makeTheCloud() throws Exception {
    for (String secret : SECRETS) {
      byte[] bytes = new byte[12];
      new Random().nextBytes(bytes);
      VALUES.put(secret, HexFormat.of().formatHex(bytes));
    }
    port = RunningService.freePort();
    certificate = SelfSigned.make(Files.createDirectory(folder.resolve("database")));
    otherAuthority = SelfSigned.make(Files.createDirectory(folder.resolve("other")));
    database =
        DatabaseServer.create(
            folder.resolve("data"),
            "--ssl-cert=" + certificate.certificate(),
            "--ssl-key=" + certificate.key(),
            "--ssl-ca=" + certificate.certificate());
    database.execute("mysql", accounts());
    VALUES.put("KEYSTONE", "127.0.0.1:1");
    VALUES.put("DB_HOST", "127.0.0.1");
    VALUES.put("DB_PORT", String.valueOf(database.port()));
    database.createDemo();
    database.createDatabase("nova", CELL_TABLES, DEMO_CELL);
    database.execute(
        "nova_api",
        "DELETE FROM instance_mappings WHERE cell_id ="
            + " (SELECT id FROM cell_mappings WHERE name = 'cell2');"
            + " DELETE FROM cell_mappings WHERE name = 'cell2'");
  }

  /** Has the server ask for passwords from now on; its own connections keep the user they had. */
  private static String accounts() {
    StringBuilder statements = new StringBuilder("FLUSH PRIVILEGES;");
    statements.append(account("nova", "any", ""));
    statements.append(account("nova_api", VALUES.get("DB_PASSWORD"), ""));
    for (Deployment.Account account : Deployment.Account.values()) {
      statements.append(account(account.user(), VALUES.get("DB_PASSWORD"), account.requirement()));
    }
    return statements.toString();
  }

  private static String account(String user, String password, String requirement) {
    return """
        CREATE USER %1$s@127.0.0.1 IDENTIFIED BY '%2$s' %3$s;
        GRANT ALL ON *.* TO %1$s@127.0.0.1;
        """
        .formatted(user, password, requirement);
  }

  @AfterAll
  static void endTheCloud() {
    if (database != null) {
      database.close();
    }
  }

  static List<Deployment> deployments() throws IOException {
    return Deployment.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("deployments")
  void startsAnswersAndTellsWhatItDoesNotHeed(Deployment deployment, @TempDir Path root)
      throws Exception {
    DeployedMachine machine = new DeployedMachine(deployment, root.toRealPath(), VALUES);
    machine.install(certificate, otherAuthority);
    mapCells(machine);
    Map<String, String> environment = new HashMap<>(machine.environment());
    environment.put("OS_DEFAULT__METADATA_LISTEN", ADDRESS);
    environment.put("OS_DEFAULT__METADATA_LISTEN_PORT", String.valueOf(port));
    environment.put("OS_NOVA_COMPAT__DRAIN_SECONDS", "0");
    try (RunningService service = start(deployment, machine, environment)) {
      assertAll(
          deployment.name(),
          () -> answersItsGuest(deployment),
          () -> tells(deployment, machine, service.output()),
          () -> keepsQuiet(service.output()));
      assertEquals(0, service.terminate());
    }
  }

  private static RunningService start(
      Deployment deployment, DeployedMachine machine, Map<String, String> environment)
      throws Exception {
    try {
      return RunningService.start(folder, environment, machine.arguments());
    } catch (IllegalStateException e) {
      throw new AssertionError(deployment + " " + e.getMessage(), e);
    }
  }

  private static void mapCells(DeployedMachine machine) throws Exception {
    mapCell("cell0", machine.cell("cell0", CELL0_CONNECTION));
    mapCell("cell1", machine.cell("cell1", CELL1_CONNECTION));
  }

  private static void mapCell(String name, String connection) throws Exception {
    database.execute(
        "nova_api",
        "UPDATE cell_mappings SET database_connection = '%s' WHERE name = '%s'"
            .formatted(connection, name));
  }

  private static void answersItsGuest(Deployment deployment) throws Exception {
    String metaData = get(deployment, "/openstack/latest/meta_data.json");
    assertTrue(metaData.contains("\"uuid\": \"" + INSTANCE + "\""), metaData);
    get(deployment, "/openstack/latest/network_data.json");
    for (Map.Entry<String, String> answer : deployment.answers().entrySet()) {
      assertEquals(answer.getValue(), get(deployment, answer.getKey()), answer.getKey());
    }
  }

  /** Asks again while a machine that is busy with other tests has the database away. */
  private static String get(Deployment deployment, String path) throws Exception {
    long end = System.nanoTime() + LONGEST_OUTAGE.toNanos();
    RawExchange.Answer answer = RawExchange.get(port, ADDRESS, path, headers(deployment));
    while (answer.status() == 503 && System.nanoTime() < end) {
      Thread.sleep(100);
      answer = RawExchange.get(port, ADDRESS, path, headers(deployment));
    }
    assertEquals(200, answer.status(), path + "\n" + answer.head() + "\n" + answer.body());
    return answer.body();
  }

  private static String[] headers(Deployment deployment) {
    if (deployment.guest() == Deployment.GuestKnownBy.ADDRESS) {
      return new String[0];
    }
    String secret = deployment.secret().orElse(VALUES.get("SECRET"));
    Guest guest = new Guest(INSTANCE, PROJECT, Optional.of("10.0.0.5"));
    return RecordedCaller.GUEST
        .headers(guest, instance -> ConformanceReplay.signature(secret, instance))
        .entrySet()
        .stream()
        .map(header -> header.getKey() + ": " + header.getValue())
        .toArray(String[]::new);
  }

  private static void tells(Deployment deployment, DeployedMachine machine, String output)
      throws IOException {
    List<String> warnings = output.lines().filter(line -> line.contains(" WARNING ")).toList();
    for (String option : deployment.told()) {
      List<String> places = machine.places(option);
      assertFalse(places.isEmpty(), () -> option + " is not set");
      assertTrue(
          warnings.stream()
              .anyMatch(line -> line.contains(option) && places.stream().anyMatch(line::contains)),
          () -> "no WARNING names " + option + " at one of " + places + ":\n" + output);
    }
    for (String line : deployment.lines()) {
      assertTrue(
          Pattern.compile(line).matcher(output).find(), () -> "no " + line + " in:\n" + output);
    }
    for (String warning : warnings) {
      requireSense(warning);
    }
    if (deployment.log().isPresent()) {
      assertTrue(Files.exists(machine.log()), () -> "no " + machine.log() + ":\n" + output);
      assertTrue(Files.readString(machine.log()).contains(" Serving "), machine.log()::toString);
    }
  }

  /**
   * A warning about a line of a file names what that line sets, be it by a newer name that is part
   * of it, and it is nova-api-metadata's.
   */
  private static void requireSense(String warning) throws IOException {
    Matcher place = PLACE.matcher(warning);
    if (place.find()) {
      List<String> lines = Files.readAllLines(Path.of(place.group(1)));
      int number = Integer.parseInt(place.group(2));
      String option = lines.get(number - 1).replaceFirst("\\s*[=:].*", "");
      assertTrue(
          warning.contains(option) || option.contains(place.group(3)),
          () -> option + " is not what this is about: " + warning);
      for (int i = number - 1; i >= 0; i--) {
        String line = lines.get(i);
        if (line.startsWith("[")) {
          String group = line.replaceAll("[\\[\\]]", "");
          assertFalse(GROUPS_OF_OTHERS.contains(group), () -> "noise: " + warning);
          return;
        }
      }
    }
  }

  private static void keepsQuiet(String output) {
    assertFalse(output.lines().anyMatch(DeploymentsIT::isAnError), () -> "an ERROR in:\n" + output);
    if (!output.contains(" DEBUG ")) {
      assertFalse(output.contains("\tat "), () -> "a stack trace in:\n" + output);
    }
    for (String secret : SECRETS) {
      assertFalse(output.contains(VALUES.get(secret)), () -> secret + " in:\n" + output);
    }
  }

  /** But for a database that a busy machine let wait, and for Keystone, which is not there. */
  private static boolean isAnError(String line) {
    boolean isExpected =
        line.endsWith(": no connection in time")
            || line.contains(" Neutron cannot be asked: Keystone at ");
    return line.contains(" CRITICAL ") || line.contains(" ERROR ") && !isExpected;
  }
}
