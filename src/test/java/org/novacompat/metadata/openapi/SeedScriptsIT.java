// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.novacompat.metadata.fixture.FlatCell;
import org.novacompat.metadata.fixture.FlatNetwork;
import org.novacompat.metadata.fixture.FlatNetwork.Guest;
import org.novacompat.metadata.fixture.FlatNetwork.Outcome;
import org.novacompat.metadata.fixture.FlatNetwork.Place;
import org.novacompat.metadata.fixture.RunningService;
import org.novacompat.metadata.fixture.SelfSigned;

/**
 * The code of the vendor's document against the built server: its Python calls, with a signature of
 * our own writing, go to the OpenAPI; its shell scripts and its Python script run in a guest that
 * reaches 169.254.169.254. {@code src/test/resources/esurfing/README.md} says what is mended in it.
 * The command {@code nova-compat-metadata} does the same.
 *
 * <p>Needs root for network namespaces, curl, python3 and a packet filter. Skipped elsewhere,
 * unless the environment has {@code NOVA_COMPAT_REQUIRE_CHAIN=1}: then that is a failure.
 */
@ResourceLock(FlatNetwork.ONE)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SeedScriptsIT {
  private static final String REQUIRED = "NOVA_COMPAT_REQUIRE_CHAIN";
  private static final Path SCRIPTS = Path.of("src/test/resources/esurfing").toAbsolutePath();
  private static final Path COMMANDS = Path.of("target/nova-compat-metadata/bin").toAbsolutePath();
  private static final String PROJECT = "3f2c1b0a9d8e4f7c8b6a5d4e3c2b1a00";
  private static final String INSTANCE = FlatCell.FIRST_UUID;
  private static final String REGION = "huadong1";
  private static final String KEY = "3f9c1d7a5e2b4860a1c4d8e6f7b90213";
  private static final String SECRET = "b7e0c2a94d5f41838e6a1f0d9c3b5728";
  private static final String SUCCESS =
      "\"details\": \"\", \"message\": \"SUCCESS\", \"description\": \"Successful\", \"statusCode\":"
          + " 800}";

  /** A system's own programs, and not what a tester has in the place of them. */
  private static final String PROGRAMS = "/usr/local/bin:/usr/bin:/bin";

  @TempDir private static Path folder;
  private static final List<AutoCloseable> STARTED = new ArrayList<>();
  private static FlatNetwork network;
  private static FlatCell cell;
  private static Map<String, String> caller;

  @BeforeAll
  static void startTheService() throws Exception {
    try {
      network = FlatNetwork.build();
      STARTED.add(network);
      for (String program : List.of("curl", "python3")) {
        network.run(Place.FIRST_GUEST, "env PATH=" + PROGRAMS + " " + program + " --version");
      }
    } catch (IOException e) {
      lacking("needs root, ip, sysctl, curl and python3: " + e.getMessage());
    }
    cell = FlatCell.create("seed_scripts");
    SelfSigned certificate = SelfSigned.make(folder);
    String conf =
        Files.writeString(folder.resolve("nova.conf"), configuration(certificate)).toString();
    done(operate("nova-compat-migrate", "up", conf));
    STARTED.add(
        RunningService.startBy(network.in(Place.HOST), folder, Map.of(), "--config-file", conf));
    Outcome rules = operate("nova-compat-nat", "apply", conf);
    if (rules.status() != 0) {
      lacking("needs iptables or nft: " + rules.output());
    }
    caller = environment(certificate);
  }

  @AfterAll
  static void endAll() throws Exception {
    for (int i = STARTED.size() - 1; i >= 0; i--) {
      STARTED.get(i).close();
    }
  }

  @BeforeEach
  void beginWithNothing() throws Exception {
    assertEquals(
        json("{\"returnObj\": {\"instanceID\": \"" + INSTANCE + "\"}, " + SUCCESS),
        call("delete.py"));
    assertEquals("{}", curl("/spec-meta-data"));
  }

  @Test
  void theCallsReturnWhatTheDocumentShows() throws Exception {
    String two = "{\"test1\": \"123\", \"test2\": \"abc\"}";
    assertEquals(changed(two), call("create.py"));
    assertEquals(
        json(
            "{\"returnObj\": {\"metadata\": %s}, \"message\": \"SUCCESS\", \"description\": \"Successful\", \"statusCode\": 800}"
                .formatted(two)),
        call("details.py"));
    assertEquals(changed("{\"test1\": \"789\", \"test2\": \"abc\"}"), call("update.py"));
    assertEquals(changed("{\"test3\": \"IGs9\"}"), call("update-force.py"));
  }

  @Test
  void theShellScriptsShowTheGuestItself() throws Exception {
    assertEquals(
        """
        ======================instance metadata======================
        instance owner account id:  %1$s
        instance id:  %2$s
        instance id:  %2$s
        """
            .formatted(PROJECT, INSTANCE),
        inGuest(Files.createDirectories(folder.resolve("guest")), "bash", script("test.sh")));
  }

  @Test
  void theShellScriptsShowEachChange() throws Exception {
    call("create.py");
    assertShown("{\"test1\": \"123\", \"test2\": \"abc\"}", "123", "abc");
    call("update.py");
    assertShown("{\"test1\": \"789\", \"test2\": \"abc\"}", "789", "abc");
    call("update-force.py");
    assertEquals("{\"test3\": \"IGs9\"}", curl("/spec-meta-data"));
    assertEquals("IGs9", curl("/meta-data/instance/specs/test3"));
  }

  @Test
  void textsAreWhereNovaKeepsThem() throws Exception {
    call("create.py");
    assertEquals(
        json("{\"test1\": \"123\", \"test2\": \"abc\"}"),
        json(curl("/openstack/latest/meta_data.json")).get("meta"));
    try (Connection connection = cell.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT GROUP_CONCAT(`key`, '=', value ORDER BY `key`) FROM instance_metadata"
                    + " WHERE deleted = 0 AND instance_uuid = '"
                    + INSTANCE
                    + "'")) {
      row.next();
      assertEquals("test1=123,test2=abc", row.getString(1));
    }
  }

  @Test
  void theRequirementsComeFromTheApiToTheGuestsFile() throws Exception {
    JsonNode refused = call("create-requirements.py");
    assertEquals(900, refused.get("statusCode").asInt(), refused.toString());
    assertTrue(refused.get("message").asText().contains("metadta"), refused.toString());

    assertEquals(
        changed(
            "{\"requeirements\": {\"requests\": \"2.27.1\", \"numpy\": \"1.16.6\", \"matplotlib\":"
                + " \"2.2.5\"}}"),
        call("create-requirements.py", "metadta", "metadata"));
    Path home = Files.createDirectories(folder.resolve("python"));
    Path script =
        Files.writeString(
            home.resolve("test.py"),
            Files.readString(SCRIPTS.resolve("test.py"))
                .replace('\u00a0', ' ')
                .replace("(write_line)", "(write_info + \"\\n\")"));
    Path pip = Files.writeString(home.resolve("pip"), "#!/bin/sh\necho \"$@\" >pip.arguments\n");
    Files.setPosixFilePermissions(pip, PosixFilePermissions.fromString("rwx------"));
    inGuest(home, "python3", script.toString());
    assertEquals(
        List.of("requests==2.27.1", "numpy==1.16.6", "matplotlib==2.2.5"),
        Files.readAllLines(home.resolve("requirements.txt")));
    assertEquals(
        "install -r requirements.txt -i https://pypi.tuna.tsinghua.edu.cn/simple\n",
        Files.readString(home.resolve("pip.arguments")));
  }

  @Test
  void theCommandDoesTheSame() throws Exception {
    String instance = "\"instanceID\": \"" + INSTANCE + "\"";
    assertEquals(
        json(
            "{%s, \"metadata\": {\"test1\": \"123\", \"ports\": [80, {\"tls\": 443}]}}"
                .formatted(instance)),
        json(command(0, "create", "test1=123", "--json", "ports=[80, {\"tls\": 443}]")));
    assertEquals("[80, {\"tls\": 443}]", curl("/meta-data/instance/specs/ports"));
    assertEquals(
        json("{\"metadata\": {\"test1\": \"123\"}}"),
        json(command(0, "details", "--key", "test1")));
    assertEquals(
        json("{%s, \"metadata\": {\"test\": \"\u5929\"}}".formatted(instance)),
        json(command(0, "update", "--force", "test=\u5929")));
    assertEquals("{\"test\": \"\\u5929\"}", curl("/spec-meta-data"));
    assertEquals(
        json("{\"metadata\": {\"test\": \"\u5929\"}}"),
        json(command(0, "details", "--key", "test")));
    assertEquals(json("{" + instance + "}"), json(command(0, "delete")));
    assertEquals("{}", curl("/spec-meta-data"));
  }

  @Test
  void theCommandTellsWhyTheServerRefuses() throws Exception {
    String refusal = command(1, "details", "--key", "no such key");
    assertTrue(refusal.startsWith("Ecs.Metadata."), refusal);
    assertEquals(1, refusal.lines().count(), refusal);
    Map<String, String> stranger = new HashMap<>(caller);
    stranger.put("NOVA_COMPAT_SECRET_KEY", "0e8a5d1c7b3f4926a5c4d3e2f1b09876");
    Outcome outcome = metadata(stranger, "details");
    assertEquals(1, outcome.status(), outcome.output());
    assertTrue(outcome.output().startsWith("Openapi.Signature."), outcome.output());
  }

  private static void assertShown(String all, String test1, String test2) throws Exception {
    assertEquals(
        """
        ======================instance metadata======================
        user-defined metadata:  %s
        test1:  %s
        test2:  %s
        """
            .formatted(all, test1, test2),
        inGuest(folder, "bash", script("test2.sh")));
  }

  private static JsonNode changed(String metadata) throws IOException {
    return json(
        "{\"returnObj\": {\"instanceID\": \"%s\", \"metadata\": %s}, %s"
            .formatted(INSTANCE, metadata, SUCCESS));
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }

  /** Runs a call of the document, with what it has wrong and what it means instead. */
  private static JsonNode call(String script, String... mends) throws IOException {
    List<String> words =
        Stream.concat(Stream.of("python3", script("call.py"), script(script)), Stream.of(mends))
            .toList();
    return json(done(network.attempt(Place.HOST, caller, words)));
  }

  private static String command(int status, String verb, String... more) throws IOException {
    Outcome outcome = metadata(caller, verb, more);
    assertEquals(status, outcome.status(), outcome.output());
    return outcome.output();
  }

  private static Outcome metadata(Map<String, String> who, String verb, String... more)
      throws IOException {
    String command = COMMANDS.resolve("nova-compat-metadata").toString();
    return network.attempt(
        Place.HOST,
        who,
        Stream.concat(Stream.of(command, verb, INSTANCE), Stream.of(more)).toList());
  }

  private static Outcome operate(String command, String verb, String conf) throws IOException {
    return network.attempt(
        Place.HOST,
        Map.of(),
        List.of(COMMANDS.resolve(command).toString(), verb, "--config-file", conf));
  }

  private static String curl(String path) throws IOException {
    return network.run(Guest.FIRST.place(), "curl -sS http://169.254.169.254" + path);
  }

  /** Runs a script in the guest, in a folder whose programs come before all others. */
  private static String inGuest(Path home, String... words) throws IOException {
    List<String> command =
        Stream.concat(Stream.of("env", "--chdir=" + home), Stream.of(words)).toList();
    Map<String, String> path = Map.of("PATH", home + ":" + PROGRAMS);
    return done(network.attempt(Guest.FIRST.place(), path, command));
  }

  private static void lacking(String what) {
    if ("1".equals(System.getenv(REQUIRED))) {
      fail(REQUIRED + " is set, but this " + what);
    }
    abort(what);
  }

  private static String configuration(SelfSigned certificate) throws Exception {
    Path keys =
        Files.write(
            folder.resolve("access-keys"),
            List.of("[" + KEY + "]", "secret = " + SECRET, "projects = " + PROJECT));
    Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-------"));
    int port = RunningService.freePort();
    return """
    %1$s
    [DEFAULT]
    metadata_listen_port = %2$d
    metadata_port = %2$d
    [esurfing]
    region_id = %3$s
    access_keys_file = %4$s
    openapi_cert_file = %5$s
    openapi_key_file = %6$s
    """
        .formatted(
            cell.configuration(), port, REGION, keys, certificate.certificate(), certificate.key());
  }

  private static Map<String, String> environment(SelfSigned certificate) {
    return Map.of(
        "NOVA_COMPAT_ENDPOINT",
        "https://127.0.0.1:8743",
        "NOVA_COMPAT_CACERT",
        certificate.certificate().toString(),
        "NOVA_COMPAT_ACCESS_KEY",
        KEY,
        "NOVA_COMPAT_SECRET_KEY",
        SECRET,
        "NOVA_COMPAT_REGION",
        REGION,
        "NOVA_COMPAT_AZ",
        "nova",
        "NOVA_COMPAT_INSTANCE",
        INSTANCE);
  }

  private static String done(Outcome outcome) {
    assertEquals(0, outcome.status(), outcome.output());
    return outcome.output();
  }

  private static String script(String name) {
    return SCRIPTS.resolve(name).toString();
  }
}
