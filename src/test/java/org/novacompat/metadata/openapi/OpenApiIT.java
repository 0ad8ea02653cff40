// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.novacompat.metadata.fixture.RawExchange;
import org.novacompat.metadata.fixture.RunningService;
import org.novacompat.metadata.fixture.SelfSigned;
import org.novacompat.metadata.signature.AccessKey;

/** The OpenAPI and the admin endpoint of the built server, on the demo's instances. */
@ResourceLock(RunningService.DEMO)
class OpenApiIT {
  private static final String GUEST = "127.0.0.1";
  private static final String INSTANCE = "6f1d3c1e-4b0a-4c38-9d0e-6f5a7b1c2d01";
  private static final String PROJECT = "3f2c1b0a9d8e4f7c8b6a5d4e3c2b1a00";
  private static final String DETAILS =
      "/v4/ecs/metadata/details?instanceID=" + INSTANCE + "&regionID=demo-1";
  private static final AccessKey OWNER =
      new AccessKey("owner", "secret-of-the-owner", Set.of(PROJECT));
  private static final AccessKey STRANGER =
      new AccessKey("stranger", "secret-of-the-stranger", Set.of("0".repeat(32)));

  private static final AccessKey VICTIM =
      new AccessKey("victim", "secret-of-the-victim", Set.of(PROJECT));

  private static int strangers;

  @TempDir private static Path folder;
  private static RunningService service;
  private static SelfSigned tls;
  private static SSLContext trust;
  private static int guestPort;
  private static int port;
  private static int adminPort;

  @BeforeAll
  static void startTheDemo() throws Exception {
    tls = SelfSigned.make(folder);
    trust = tls.trust();
    guestPort = RunningService.freePort();
    port = RunningService.freePort();
    adminPort = RunningService.freePort();
    writeKeys(OWNER, STRANGER, VICTIM);
    Path conf =
        Files.writeString(
            folder.resolve("openapi.conf"),
            """
            [DEFAULT]
            metadata_listen_port = %1$d
            [nova_compat]
            admin_listen_port = %2$d
            admin_cert_file = %4$s
            admin_key_file = %5$s
            [esurfing]
            access_keys_file = %6$s
            region_id = demo-1
            openapi_listen_port = %3$d
            openapi_cert_file = %4$s
            openapi_key_file = %5$s
            signature_failures_per_minute = 40
            """
                .formatted(
                    guestPort,
                    adminPort,
                    port,
                    tls.certificate(),
                    tls.key(),
                    folder.resolve("keys")));
    service = RunningService.start(folder, Map.of(), "--demo", "--config-file", conf.toString());
  }

  @AfterAll
  static void toldNoSecretAndNoTrace() throws Exception {
    if (service != null) {
      assertEquals(0, service.terminate());
      String log = service.output();
      assertFalse(log.contains(OWNER.secret()), log);
      assertFalse(log.contains("\tat "), log);
      assertTrue(log.contains("https://127.0.0.1:" + port + "/"), log);
      assertTrue(log.contains("https://127.0.0.1:" + adminPort + "/"), log);
    }
  }

  @BeforeEach
  void nothingIsThere() throws Exception {
    assertEquals(800, call("delete", "").get("statusCode").asInt());
  }

  @Test
  void theGuestSeesAChangeAtItsNextRequest() throws Exception {
    assertEquals("{}", guest("/spec-meta-data"));
    JsonNode created =
        call("create", "\"metadata\": {\"test1\": \"123\", \"deep\": {\"n\": 1.50}}");
    assertEquals("SUCCESS", created.get("message").asText());
    JsonNode seen = new ObjectMapper().readTree(guest("/spec-meta-data"));
    assertEquals("123", seen.get("test1").asText());
    assertTrue(guest("/meta-data/instance/specs/deep").contains("1.5"));
    assertTrue(guest("/openstack/latest/meta_data.json").contains("\"test1\": \"123\""));

    call("update", "\"metadata\": {\"test1\": \"789\"}");
    assertEquals("789", guest("/meta-data/instance/specs/test1"));
    assertTrue(guest("/spec-meta-data").contains("deep"));

    call("update", "\"isForce\": true, \"metadata\": {\"test3\": \"IGs9\"}");
    assertEquals("{\"test3\": \"IGs9\"}", guest("/spec-meta-data"));
    call("delete", "");
    assertEquals("{}", guest("/spec-meta-data"));
  }

  @Test
  void detailsShowAllOrOneAndHaveNoDetails() throws Exception {
    call("create", "\"metadata\": {\"a\": \"1\", \"b\": [1E400, null]}");
    assertEquals(
        "{\"returnObj\":{\"metadata\":{\"b\":[1E400,null]}},\"message\":\"SUCCESS\","
            + "\"description\":\"Successful\",\"statusCode\":800}",
        send(OpenApiCall.get(DETAILS.replace("&", "&metadataKey=b&")).sign(OWNER)).body());
    JsonNode all = json(send(OpenApiCall.get(DETAILS).sign(OWNER)));
    assertEquals(2, all.get("returnObj").get("metadata").size());
    assertFails(
        "Ecs.Metadata.KeyNotFound",
        200,
        OpenApiCall.get(DETAILS.replace("&", "&metadataKey=c&")).sign(OWNER));
  }

  static Stream<Arguments> refusedBodies() {
    String many =
        IntStream.range(0, 200).mapToObj(i -> "\"k" + i + "\": 1").collect(Collectors.joining(","));
    return Stream.of(
        Arguments.of("Openapi.Parameter.Unknown", "\"metadta\": {\"k\": 1}"),
        Arguments.of("Openapi.Parameter.Missing", "\"azName\": \"\""),
        Arguments.of("Openapi.Parameter.Invalid", "\"metadata\": []"),
        Arguments.of("Openapi.Parameter.Invalid", "\"metadata\": {}"),
        Arguments.of("Openapi.Parameter.Malformed", "\"metadata\": {"),
        Arguments.of("Openapi.Parameter.Malformed", "\"metadata\": {\"k\": 1, \"k\": 2}"),
        Arguments.of(
            "Openapi.Parameter.Malformed", "\"metadata\": " + "[".repeat(40) + "]".repeat(40)),
        Arguments.of("Ecs.Instance.OtherZone", "\"azName\": \"mars\", \"metadata\": {\"k\": 1}"),
        Arguments.of("Ecs.Metadata.KeyInvalid", "\"metadata\": {\"a/b\": 1}"),
        Arguments.of("Ecs.Metadata.KeyInvalid", "\"metadata\": {\"\": 1}"),
        Arguments.of("Ecs.Metadata.TooManyKeys", "\"metadata\": {" + many + "}"),
        Arguments.of(
            "Ecs.Metadata.ValueTooLong", "\"metadata\": {\"k\": \"" + "x".repeat(70_000) + "\"}"));
  }

  @ParameterizedTest
  @MethodSource("refusedBodies")
  void aBodyThatCannotBeTakenIsRefusedWithItsOwnCode(String code, String more) throws Exception {
    assertFails(code, 200, OpenApiCall.post("create", body(more)).sign(OWNER));
    assertEquals("{}", guest("/spec-meta-data"));
  }

  @Test
  void anotherRegionInstanceOrOwnerIsRefused() throws Exception {
    String metadata = "\"metadata\": {\"k\": 1}";
    assertFails(
        "Ecs.Region.NotFound",
        200,
        OpenApiCall.post("create", body(metadata).replace("demo-1", "x")).sign(OWNER));
    assertFails(
        "Ecs.Instance.NotFound",
        200,
        OpenApiCall.post("create", body(metadata).replace("6f1d3c1e", "00000000")).sign(OWNER));
    assertFails(
        "Ecs.Instance.NotFound",
        200,
        OpenApiCall.post("create", body(metadata).replace(INSTANCE, "i-1")).sign(OWNER));
    assertFails(
        "Ecs.Instance.NotFound", 200, OpenApiCall.post("create", body(metadata)).sign(STRANGER));
    assertFails("Ecs.Instance.NotFound", 200, OpenApiCall.get(DETAILS).sign(STRANGER));
  }

  @Test
  void whatIsNoCallIsToldSoInTheSameShape() throws Exception {
    assertFails("Openapi.Parameter.Malformed", 200, OpenApiCall.post("create", "").sign(OWNER));
    assertFails(
        "Openapi.Request.UnsupportedMediaType",
        415,
        OpenApiCall.post("create", "a=b")
            .with("Content-Type", "application/x-www-form-urlencoded")
            .sign(OWNER));
    assertFails(
        "Openapi.Request.MethodNotAllowed",
        405,
        OpenApiCall.get("/v4/ecs/metadata/create").sign(OWNER));
    for (String method : List.of("PUT", "DELETE", "OPTIONS", "PATCH")) {
      assertFails(
          "Openapi.Request.MethodNotAllowed",
          405,
          OpenApiCall.of(method, "/v4/ecs/metadata/details").sign(OWNER));
    }
    assertFails(
        "Openapi.Request.TooLarge",
        413,
        OpenApiCall.post("create", body("\"x\": \"" + "x".repeat(1 << 20) + "\"")).sign(OWNER));
    assertFails(
        "Openapi.Request.Malformed",
        400,
        OpenApiCall.get("/v4/ecs/metadata/details?a=%zz").sign(OWNER));
    assertFails("Openapi.Request.Malformed", 400, OpenApiCall.get("/a%2Fb").sign(OWNER));
    assertFails(
        "Openapi.Parameter.Unknown",
        200,
        OpenApiCall.get(DETAILS.replace("?", "?extra=1&")).sign(OWNER));
    assertFails(
        "Openapi.Parameter.Invalid", 200, OpenApiCall.get(DETAILS + "&regionID=x").sign(OWNER));
  }

  @Test
  void whatIsNotSignedRightIsNotLetIn() throws Exception {
    String address = unknownAddress();
    assertFails("Openapi.Signature.Missing", 401, OpenApiCall.get(DETAILS).from(address));
    assertFails(
        "Openapi.Signature.Invalid",
        401,
        OpenApiCall.get(DETAILS).from(address).sign(new AccessKey("owner", "guessed", Set.of())));
    assertFails(
        "Openapi.Signature.Invalid",
        401,
        OpenApiCall.get(DETAILS)
            .from(address)
            .sign(new AccessKey("unknown", OWNER.secret(), Set.of())));
    assertFails(
        "Openapi.Signature.Expired",
        401,
        OpenApiCall.get(DETAILS).from(address).dated(Duration.ofSeconds(310)).sign(OWNER));
    assertFails(
        "Openapi.Signature.Malformed",
        401,
        OpenApiCall.get(DETAILS).from(address).with(OpenApiCall.ID, "a b").sign(OWNER));
  }

  @Test
  void bothReadingsOfTheDateAreTaken() throws Exception {
    for (Duration ahead : List.of(Duration.ofSeconds(-200), Duration.ofHours(8))) {
      assertEquals(
          800,
          json(send(OpenApiCall.get(DETAILS).dated(ahead).sign(OWNER))).get("statusCode").asInt());
    }
  }

  @Test
  void aCallIsMadeOnce() throws Exception {
    OpenApiCall call = OpenApiCall.post("create", body("\"metadata\": {\"k\": 1}")).sign(OWNER);
    assertEquals(800, json(send(call)).get("statusCode").asInt());
    assertFails("Openapi.Signature.Replayed", 401, call);
    assertTrue(service.output().contains("call " + call.id() + ", access key owner"));
  }

  @Test
  void keysChangeWithoutARestart() throws Exception {
    AccessKey next = new AccessKey("next", "secret-of-the-next-one", Set.of(PROJECT));
    try {
      writeKeys(STRANGER, next);
      awaitAccepted(next);
      assertFails(
          "Openapi.Signature.Invalid",
          401,
          OpenApiCall.get(DETAILS).from(unknownAddress()).sign(OWNER));
    } finally {
      writeKeys(OWNER, STRANGER, VICTIM);
      awaitAccepted(OWNER);
    }
  }

  private static void awaitAccepted(AccessKey key) throws Exception {
    String address = unknownAddress();
    for (int i = 0; i < 30; i++) {
      if (send(OpenApiCall.get(DETAILS).from(address).sign(key)).status() == 200) {
        return;
      }
      Thread.sleep(100);
    }
    fail(key.id() + " is not accepted");
  }

  @Test
  void whoKeepsGuessingIsToldSoAndShutsOutNobody() throws Exception {
    AccessKey guess = new AccessKey("victim", "guessed", Set.of());
    for (int i = 0; i < 40; i++) {
      assertFails(
          "Openapi.Signature.Invalid", 401, OpenApiCall.get(DETAILS).from("127.0.0.9").sign(guess));
    }
    assertFails(
        "Openapi.Signature.TooManyFailures",
        429,
        OpenApiCall.get(DETAILS).from("127.0.0.9").sign(guess));
    for (String address : List.of("127.0.0.9", "127.0.0.10")) {
      RawExchange.Answer answer = send(OpenApiCall.get(DETAILS).from(address).sign(VICTIM));
      assertEquals(800, json(answer).get("statusCode").asInt(), answer.body());
    }
    long lines = service.output().lines().filter(line -> line.contains("from 127.0.0.9,")).count();
    assertTrue(lines > 0 && lines <= 11, "ten lines a minute at most, but " + lines);
  }

  @Test
  void aCallIsMadeOnceWhicheverNodeGetsItAndAfterARestart() throws Exception {
    OpenApiCall call = OpenApiCall.get(DETAILS).with(OpenApiCall.ID, "a1B2c3D4e5F6").sign(OWNER);
    assertEquals(800, json(send(call)).get("statusCode").asInt());
    Path cloud = Path.of("target/nova-compat-metadata/state/demo/nova.conf");
    int other = RunningService.freePort();
    try (RunningService node =
        RunningService.start(
            folder,
            Map.of(
                "OS_DEFAULT__METADATA_LISTEN_PORT",
                String.valueOf(RunningService.freePort()),
                "OS_NOVA_COMPAT__ADMIN_LISTEN_PORT",
                String.valueOf(RunningService.freePort()),
                "OS_ESURFING__OPENAPI_LISTEN_PORT",
                String.valueOf(other)),
            "--config-file",
            cloud.toString(),
            "--config-file",
            folder.resolve("openapi.conf").toString())) {
      RawExchange.Answer again = call.send(trust, other);
      assertEquals(401, again.status());
      assertEquals("Openapi.Signature.Replayed", json(again).get("errorCode").asText());
      RawExchange.Answer next = OpenApiCall.get(DETAILS).sign(OWNER).send(trust, other);
      assertEquals(800, json(next).get("statusCode").asInt(), next.body());
      assertTrue(node.output().contains("remembers each call, so no node takes one twice"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/latest/meta-data/",
        "/openstack/latest/meta_data.json",
        "/spec-meta-data",
        "/meta-data/instance-id",
        "/healthcheck",
        "/openapi",
        "/openapi/ui/",
        "/WEB-INF/web.xml",
        "/META-INF/resources/openapi-ui/index.html",
      })
  void theOpenApiEndpointHasNothingElse(String path) throws Exception {
    for (String host :
        List.of("169.254.169.254", "x:" + guestPort, "127.0.0.1:" + adminPort, "x:abc", "a b")) {
      assertFails(
          "Openapi.Request.NotFound", 404, OpenApiCall.get(path).with("Host", host).sign(OWNER));
      RawExchange.Answer unsigned =
          send(OpenApiCall.get(path).with("Host", host).from(unknownAddress()));
      assertTrue(unsigned.status() == 401 || path.contains("-INF"), unsigned.head());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/latest/meta-data/",
        "/openstack/latest/meta_data.json",
        "/spec-meta-data",
        "/healthcheck",
        "/v4/ecs/metadata/details",
        "/openapi/ui/../../spec-meta-data",
        "/openapi/ui/none.js",
        "/openapi/ui/openapi.json",
        "/WEB-INF/web.xml",
      })
  void theAdminEndpointHasNothingButTheDocument(String path) throws Exception {
    for (String host : List.of("169.254.169.254", "x:" + guestPort, "x:" + port)) {
      RawExchange.Answer answer = OpenApiCall.get(path).with("Host", host).send(trust, adminPort);
      assertEquals(404, answer.status(), answer.body());
      assertSaysNothingOfTheServer(answer);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v4/ecs/metadata/details",
        "/v4/ecs/metadata/create",
        "/openapi",
        "/openapi/ui/",
        "/META-INF/resources/openapi-ui/index.html",
      })
  void theGuestEndpointHasNothingOfTheOthers(String path) throws Exception {
    for (String host : List.of("169.254.169.254", "127.0.0.1:" + port, "x:" + adminPort)) {
      RawExchange.Answer answer = RawExchange.get(guestPort, GUEST, path, "Host: " + host);
      assertEquals(404, answer.status());
      assertEquals("404 Not Found\n\nThe resource could not be found.\n\n   ", answer.body());
    }
  }

  @Test
  void theDocumentDescribesTheFourCalls() throws Exception {
    RawExchange.Answer yaml = OpenApiCall.get("/openapi").send(trust, adminPort);
    assertEquals(200, yaml.status());
    assertTrue(yaml.body().contains("\nopenapi: 3.1"), yaml.body());
    for (OpenApiCall call :
        List.of(
            OpenApiCall.get("/openapi").with("Accept", "application/json"),
            OpenApiCall.get("/openapi?format=JSON"))) {
      RawExchange.Answer answer = call.send(trust, adminPort);
      assertEquals("application/json", answer.header("Content-Type").orElseThrow());
      JsonNode paths = json(answer).get("paths");
      assertEquals(4, paths.size());
      assertTrue(paths.get("/v4/ecs/metadata/create").has("post"));
      assertTrue(paths.get("/v4/ecs/metadata/details").has("get"));
    }
  }

  @Test
  void thePagesAreThereAndNeedNoOtherHost() throws Exception {
    RawExchange.Answer redirect = OpenApiCall.get("/openapi/ui").send(trust, adminPort);
    assertEquals("/openapi/ui/", redirect.header("Location").orElseThrow());
    RawExchange.Answer page = OpenApiCall.get("/openapi/ui/").send(trust, adminPort);
    assertEquals(200, page.status());
    assertFalse(page.body().contains("//"), page.body());
    for (String file : List.of("swagger-ui.css", "swagger-ui-bundle.js", "ui.js")) {
      assertTrue(page.body().contains(file));
      RawExchange.Answer part = OpenApiCall.get("/openapi/ui/" + file).send(trust, adminPort);
      assertEquals(200, part.status(), file);
    }
    assertEquals(405, OpenApiCall.of("POST", "/openapi").send(trust, adminPort).status());
  }

  @Test
  void onlyWhoTrustsTheCertificateOfTheFilesIsConnected() throws Exception {
    OpenApiCall call = OpenApiCall.get(DETAILS).sign(OWNER);
    assertThrows(SSLHandshakeException.class, () -> call.send(SSLContext.getDefault(), port));
  }

  private static JsonNode call(String name, String more) throws Exception {
    return json(send(OpenApiCall.post(name, body(more)).sign(OWNER)));
  }

  private static String body(String more) {
    return "{\"regionID\": \"demo-1\", \"instanceID\": \"%s\"%s%s}"
        .formatted(INSTANCE, more.isEmpty() ? "" : ", ", more);
  }

  /** One that no call that fails has come from. */
  private static String unknownAddress() {
    return "127.0.1." + ++strangers;
  }

  private static RawExchange.Answer send(OpenApiCall call) throws IOException {
    return call.send(trust, port);
  }

  private static JsonNode json(RawExchange.Answer answer) throws IOException {
    return new ObjectMapper().readTree(answer.body());
  }

  private static String guest(String path) throws IOException {
    RawExchange.Answer answer = RawExchange.get(guestPort, GUEST, path);
    assertEquals(200, answer.status(), path);
    return answer.body();
  }

  private static void assertFails(String code, int status, OpenApiCall call) throws Exception {
    RawExchange.Answer answer = send(call);
    assertEquals(status, answer.status(), answer.body());
    assertEquals("application/json", answer.header("Content-Type").orElseThrow());
    JsonNode failure = json(answer);
    assertEquals(code, failure.get("errorCode").asText(), answer.body());
    assertEquals(code, failure.get("error").asText());
    assertEquals(900, failure.get("statusCode").asInt());
    assertFalse(failure.get("message").asText().isEmpty());
    assertFalse(failure.get("description").asText().isEmpty());
    assertEquals(5, failure.size());
    assertSaysNothingOfTheServer(answer);
  }

  private static void assertSaysNothingOfTheServer(RawExchange.Answer answer) {
    String all = (answer.head() + answer.body()).toLowerCase(Locale.ROOT);
    for (String word :
        List.of("liberty", "ibm", "srve", "exception", "java", "resteasy", "jackson", "server:")) {
      assertFalse(all.contains(word), () -> word + " in " + all);
    }
  }

  private static void writeKeys(AccessKey... keys) throws IOException {
    StringBuilder text = new StringBuilder();
    for (AccessKey key : keys) {
      text.append("[%s]\nsecret = %s\n".formatted(key.id(), key.secret()));
      text.append("projects = %s\n".formatted(String.join(",", key.projects())));
    }
    Path written = folder.resolve("keys.new");
    Files.deleteIfExists(written);
    Files.createFile(
        written,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(written, text);
    Files.move(written, folder.resolve("keys"), StandardCopyOption.REPLACE_EXISTING);
  }
}
