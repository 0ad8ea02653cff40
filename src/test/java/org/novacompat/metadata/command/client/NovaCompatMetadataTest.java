// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.novacompat.metadata.signature.AccessKey;
import picocli.CommandLine;

class NovaCompatMetadataTest {
  private static final String INSTANCE = "c44de03e-300b-7237-1827-b51aeaff3ccd";
  private static final String SECRET = "b7e0c2a94d5f41838e6a1f0d9c3b5728";
  private static final AccessKey KEY = new AccessKey("theKey", SECRET, Set.of());

  @TempDir private static Path folder;
  private static FakeOpenApi api;
  private final Map<String, String> environment = new HashMap<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void start() throws Exception {
    api = FakeOpenApi.start(folder, KEY);
  }

  @AfterAll
  static void end() {
    api.close();
  }

  @BeforeEach
  void setUp() {
    api.asked().clear();
    api.answer(200, success("{}"));
    environment.put("NOVA_COMPAT_ENDPOINT", api.url() + "/");
    environment.put("NOVA_COMPAT_REGION", "huadong1");
    environment.put("NOVA_COMPAT_ACCESS_KEY", "theKey");
    environment.put("NOVA_COMPAT_SECRET_KEY", SECRET);
  }

  @Test
  void createSendsTextsAndJson() {
    assertEquals(
        0,
        run(
            "create",
            INSTANCE,
            "test1=123",
            "test2=a=b",
            "--json",
            "n=1.50",
            "--json",
            "huge=1E+99999",
            "--json",
            "o={\"k\":[null]}",
            "--az",
            "az1"));
    assertAsked(
        "POST",
        "/v4/ecs/metadata/create",
        "{\"azName\":\"az1\",\"instanceID\":\"%s\",\"regionID\":\"huadong1\",\"metadata\":{\"test1\":\"123\",\"test2\":\"a=b\",\"n\":1.50,\"huge\":1E+99999,\"o\":{\"k\":[null]}}}"
            .formatted(INSTANCE));
  }

  @Test
  void updateMergesUnlessItIsForced() {
    assertEquals(0, run("update", INSTANCE, "test1=789"));
    assertEquals(0, run("update", INSTANCE, "--force", "test3=IGs9"));
    String head = "{\"instanceID\":\"" + INSTANCE + "\",\"regionID\":\"huadong1\",";
    assertEquals(
        List.of(
            head + "\"metadata\":{\"test1\":\"789\"}}",
            head + "\"metadata\":{\"test3\":\"IGs9\"},\"isForce\":true}"),
        api.asked().stream().map(FakeOpenApi.Asked::body).toList());
  }

  @Test
  void detailsAsksForAllOrOneKey() {
    assertEquals(0, run("details", INSTANCE));
    assertEquals(0, run("details", INSTANCE, "--key", "a b/c*d~e+f=\u00e9", "--az", "az1"));
    assertEquals(
        List.of(
            "/v4/ecs/metadata/details?instanceID=" + INSTANCE + "&regionID=huadong1",
            "/v4/ecs/metadata/details?azName=az1&instanceID="
                + INSTANCE
                + "&metadataKey=a%20b%2Fc%2Ad~e%2Bf%3D%C3%A9&regionID=huadong1"),
        api.asked().stream().map(FakeOpenApi.Asked::target).toList());
  }

  @Test
  void deleteNamesTheInstance() {
    assertEquals(0, run("delete", INSTANCE));
    assertAsked(
        "POST",
        "/v4/ecs/metadata/delete",
        "{\"instanceID\":\"" + INSTANCE + "\",\"regionID\":\"huadong1\"}");
  }

  @Test
  void datesAreBeijingTime() {
    run("details", INSTANCE);
    LocalDateTime date =
        LocalDateTime.parse(
            api.asked().get(0).date(), DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'"));
    LocalDateTime now = LocalDateTime.now(ZoneId.of("Asia/Shanghai"));
    assertTrue(Duration.between(date, now).abs().toSeconds() < 60, date + " at " + now);
  }

  @Test
  void showsWhatWasReturned() {
    api.answer(200, success("{\"metadata\":{\"a\":\"\u5929\",\"b\":{},\"c\":[1.50,{\"d\":1}]}}"));
    assertEquals(0, run("details", INSTANCE));
    assertEquals(
        """
        {
          "metadata": {
            "a": "\u5929",
            "b": {},
            "c": [
              1.50,
              {
                "d": 1
              }
            ]
          }
        }
        """,
        out.toString());
    assertEquals("", err.toString());
  }

  @Test
  void metadataMayComeFromAFileOrStandardInput() throws Exception {
    Path file = Files.writeString(folder.resolve("metadata.json"), "{\"a\": {\"b\": 1}}");
    assertEquals(0, run("create", INSTANCE, "--file", file.toString(), "c=d"));
    InputStream stdin = System.in;
    try {
      System.setIn(new ByteArrayInputStream("{}".getBytes(StandardCharsets.UTF_8)));
      assertEquals(0, run("update", INSTANCE, "--force", "--file", "-"));
    } finally {
      System.setIn(stdin);
    }
    assertTrue(api.asked().get(0).body().endsWith("\"metadata\":{\"a\":{\"b\":1},\"c\":\"d\"}}"));
    assertTrue(api.asked().get(1).body().endsWith("\"metadata\":{},\"isForce\":true}"));
  }

  @Test
  void saysWhatIsWrongWithAFile() throws Exception {
    Path list = Files.writeString(folder.resolve("list.json"), "[1]");
    Path broken = Files.writeString(folder.resolve("broken.json"), "{\"a\": 1,\n \"a\": 2}");
    Path latin = Files.write(folder.resolve("latin.json"), new byte[] {'"', (byte) 0xe9, '"'});
    Path missing = folder.resolve("missing.json");
    for (Path file : List.of(list, broken, latin, missing)) {
      assertEquals(1, run("create", INSTANCE, "--file", file.toString()));
    }
    List<String> lines = err.toString().lines().toList();
    assertEquals(list + ": expected a JSON object with keys and values", lines.get(0));
    assertTrue(lines.get(1).startsWith(broken + ": not JSON, line 2, column "), lines.get(1));
    assertEquals(latin + ": not UTF-8", lines.get(2));
    assertEquals(missing + ": cannot be read (NoSuchFileException)", lines.get(3));
    assertEquals(List.of(), api.asked());
  }

  @Test
  void aRefusalIsToldWithItsCode() throws Exception {
    api.answer(200, FakeOpenApi.failure("Ecs.Metadata.NotFound", "there is no such\ninstance"));
    assertEquals(1, run("details", INSTANCE));
    assertEquals("Ecs.Metadata.NotFound: there is no such?instance\n", err.toString());
    assertEquals("", out.toString());
  }

  @Test
  void aWrongSecretIsRefused() {
    environment.put("NOVA_COMPAT_SECRET_KEY", SECRET.toUpperCase(java.util.Locale.ROOT));
    assertEquals(1, run("details", INSTANCE));
    assertEquals("Test.Signature.Wrong: the signature is wrong\n", err.toString());
  }

  @Test
  void anAnswerOfSomethingElseIsToldApart() {
    api.answer(502, "<html>Bad Gateway</html>");
    assertEquals(1, run("details", INSTANCE));
    api.answer(200, "[]");
    assertEquals(1, run("details", INSTANCE));
    String where = api.url() + " gave no answer of the OpenAPI, but HTTP status ";
    assertEquals(where + "502\n" + where + "200\n", err.toString());
  }

  @Test
  void aServerThatIsNotThereIsNamed() {
    environment.put("NOVA_COMPAT_ENDPOINT", "https://127.0.0.1:1");
    assertEquals(1, run("details", INSTANCE));
    assertEquals("https://127.0.0.1:1 cannot be reached\n", err.toString());
  }

  @Test
  void anUnknownServerIsNotTrusted() {
    assertEquals(1, runWith(List.of(), "details", INSTANCE));
    assertTrue(err.toString().startsWith(api.url() + " is not trusted: "), err.toString());
    assertEquals(List.of(), api.asked());
    assertEquals(0, runWith(List.of("--insecure"), "details", INSTANCE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1",
        "127.0.0.1:8743",
        "https://",
        "https://no host",
        "https://user:secret@127.0.0.1",
        "https://127.0.0.1/?x=1",
        "https://127.0.0.1:99999",
        "https://[::::]:1",
        "https://-",
      })
  void refusesAnEndpointThatThereCannotBe(String url) {
    environment.put("NOVA_COMPAT_ENDPOINT", url);
    assertEquals(2, run("details", INSTANCE));
    assertTrue(
        err.toString().startsWith("endpoint '" + url.replace("user:secret", "***") + "': "),
        err.toString());
    assertEquals(2, err.toString().lines().count(), err.toString());
  }

  @Test
  void theKeysFileSaysWhoCalls() throws Exception {
    environment.keySet().removeAll(List.of("NOVA_COMPAT_ACCESS_KEY", "NOVA_COMPAT_SECRET_KEY"));
    String section = "[theKey]\nsecret = " + SECRET + "\nprojects = p\n";
    Path keys = keys("keys", section);
    assertEquals(0, run("details", INSTANCE, "--keys-file", keys.toString()));
    environment.put(
        "NOVA_COMPAT_KEYS_FILE", keys("more", section + section.replace("[t", "[T")).toString());
    assertEquals(2, run("details", INSTANCE));
    assertTrue(err.toString().contains("holds 2 access keys: say which with --access-key"));
    assertEquals(0, run("details", INSTANCE, "--access-key", "theKey"));
    assertEquals(1, run("details", INSTANCE, "--access-key", "theCrab"));
    Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-r--r--"));
    assertEquals(1, run("details", INSTANCE, "--keys-file", keys.toString()));
    assertTrue(err.toString().contains(keys + ": others than its owner may read"), err.toString());
    assertFalse(err.toString().contains(SECRET));
  }

  @Test
  void asksForWhatIsMissing() {
    assertEquals(2, run("create", INSTANCE));
    assertEquals(2, run("create", INSTANCE, "novalue"));
    assertEquals(2, run("create", INSTANCE, "a=1", "--json", "a=2"));
    assertEquals(2, run("create", INSTANCE, "--json", "=2"));
    assertEquals(2, run("delete"));
    assertEquals(2, run("delete", INSTANCE, "--endpoint", "http://127.0.0.1"));
    assertEquals(2, run("erase", INSTANCE));
    assertEquals(1, run("create", INSTANCE, "--json", "a=1e99999999999"));
    environment.remove("NOVA_COMPAT_REGION");
    assertEquals(2, run("delete", INSTANCE));
    environment.put("NOVA_COMPAT_REGION", "huadong1");
    environment.remove("NOVA_COMPAT_SECRET_KEY");
    assertEquals(2, run("delete", INSTANCE));
    assertEquals(1, run("create", INSTANCE, "--json", "a=b", "--keys-file", "missing"));
    assertEquals(List.of(), api.asked());
    for (String said :
        List.of(
            "which metadata? ",
            "'novalue': expected a key, '=' and a value",
            "'a' is given twice",
            "'=2': expected a key, '=' and a value",
            "INSTANCE",
            "endpoint 'http://127.0.0.1': expected https://HOST:PORT",
            "erase",
            "which region? ",
            "--json a: a number's exponent is too large",
            "which access key? ",
            "See 'nova-compat-metadata delete --help'.")) {
      assertTrue(err.toString().contains(said), said + " in " + err);
    }
  }

  private static String success(String returned) {
    return "{\"returnObj\":"
        + returned
        + ",\"message\":\"SUCCESS\",\"description\":\"Successful\",\"statusCode\":800}";
  }

  private static Path keys(String name, String text) throws Exception {
    Path file = Files.writeString(folder.resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file;
  }

  private void assertAsked(String method, String target, String body) {
    assertEquals(1, api.asked().size(), err.toString());
    FakeOpenApi.Asked asked = api.asked().get(0);
    assertEquals(method, asked.method());
    assertEquals(target, asked.target());
    assertEquals(body, asked.body());
  }

  private int run(String... arguments) {
    return runWith(List.of("--cacert", api.certificate().toString()), arguments);
  }

  private int runWith(List<String> trust, String... arguments) {
    List<String> words = new ArrayList<>(List.of(arguments));
    words.addAll(trust);
    CommandLine command = NovaCompatMetadata.commandLine(environment);
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return command.execute(words.toArray(String[]::new));
  }
}
