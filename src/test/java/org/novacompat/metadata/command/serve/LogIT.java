// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.novacompat.metadata.conformance.ConformanceReplay;
import org.novacompat.metadata.fixture.DatabaseServer;
import org.novacompat.metadata.fixture.RunningService;
import org.novacompat.metadata.fixture.SelfSigned;
import org.novacompat.metadata.openapi.OpenApiCall;
import org.novacompat.metadata.signature.AccessKey;

/**
 * What the built server writes while guests, callers, databases and Keystone do their worst, with
 * {@code debug = true}: its console, its log file and all of Liberty's. Every secret and everything
 * of a guest has one word in it, which must be nowhere.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LogIT {
  private static final String CANARY = "CaNaRy";
  private static final Path STATE = Path.of("target/nova-compat-metadata/state");
  private static final String PROJECT = "3f2c1b0a9d8e4f7c8b6a5d4e3c2b1a00";
  private static final String INSTANCE = "6f1d3c1e-4b0a-4c38-9d0e-6f5a7b1c2d01";
  private static final String SHARED_SECRET = CANARY + "-shared";
  private static final AccessKey OWNER = new AccessKey("owner", CANARY + "-access-key", Set.of());

  /** As many lines as one reason gets in a minute, and one that counts the rest. */
  private static final int MAX_LINES = 11;

  private static final int REPEATED = 24;

  /** What a terminal, an editor or a reader of lines obeys, as Latin-1 bytes and as UTF-8. */
  private static final List<String> EVIL =
      List.of(
          "\u001b[2J\u001b]0;x\u0007",
          "\u009b31m",
          "\u00e2\u0080\u00a8", // U+2028
          "\u00e2\u0080\u00ae", // bidi override
          "\u00ed\u00a0\u0080", // a lone surrogate
          "\u00ff\u00fe",
          "\u0085",
          "\u007f");

  private static final Pattern CONTROL =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}&&[^\\n\\t]]");

  @TempDir private static Path folder;
  private static DatabaseServer database;
  private static HttpServer keystone;
  private static RunningService service;
  private static SSLContext trust;
  private static int port;
  private static int openApiPort;

  @BeforeAll
  static void startIt() throws Exception {
    database = DatabaseServer.create(folder.resolve("data"));
    database.createDemo();
    database.execute(
        "nova_api",
        "UPDATE cell_mappings SET database_connection = '%s' WHERE name = 'cell1'"
            .formatted(connection("nova_cell1")));
    userData(Base64.getEncoder().encodeToString((CANARY + "-user-data").getBytes()));
    keystone = echo();
    SelfSigned tls = SelfSigned.make(folder);
    trust = tls.trust();
    port = RunningService.freePort();
    openApiPort = RunningService.freePort();
    service =
        RunningService.start(folder, Map.of(), "--config-file", configuration(tls).toString());
  }

  @AfterAll
  static void stopIt() {
    if (service != null) {
      service.close();
    }
    keystone.stop(0);
    database.close();
  }

  @Test
  @Order(1)
  void anAttackWritesFewLinesOfEachKindAndHidesNone() throws Exception {
    for (int i = 0; i < REPEATED; i++) {
      String evil = EVIL.get(i % EVIL.size());
      guest("/latest/meta-data/", signed(evil + i, "wrong"));
      guest("/latest/meta-data/", Map.of("X-Metadata-Provider", evil, "X-Forwarded-For", evil));
      guest("/latest/meta-data/", signed("no-such-" + i, SHARED_SECRET));
      guest("/%1b%5b31m%e2%80%a8%0a%ed%a0%80/" + i, signed(INSTANCE, SHARED_SECRET));
      guest("/" + evil, signed(INSTANCE, SHARED_SECRET));
      send("GET / HTTP/1.1\r\nHost: " + evil + "\r\n" + evil + ": x\r\n\r\n");
      call(OpenApiCall.get("/v4/ecs/metadata/details").with("Eop-Authorization", "x"));
      call(OpenApiCall.get("/v4/" + i).sign(new AccessKey("guess" + i, CANARY, Set.of())));
      call(OpenApiCall.get("/v4/" + i).with("ctyun-eop-request-id", evil).sign(OWNER));
    }
    Map<String, Integer> kinds = new HashMap<>();
    for (String line : lines()) {
      if (line.matches(".* (WARNING|ERROR) .*")) {
        kinds.merge(
            line.replaceAll("^.* \\[-] (.* one: )?|( from | match for |no-such).*", ""),
            1,
            Integer::sum);
      }
    }
    kinds.forEach((kind, count) -> assertTrue(count <= MAX_LINES, kind + ": " + count));
    String all = String.join("\n", lines());
    for (String told :
        List.of(
            "X-Instance-ID-Signature does not match",
            "X-Metadata-Provider-Signature does not match",
            "404: there is no instance no-such-",
            "Openapi.Signature.Invalid from 127.0.0.1",
            "Openapi.Signature.TooManyFailures from 127.0.0.1",
            "Openapi.Signature.Malformed from 127.0.0.1")) {
      assertTrue(all.contains(told), () -> told + " in " + kinds);
    }
  }

  @Test
  @Order(2)
  void whatIsUnreadableOrGoneIsToldWithoutItsContent() throws Exception {
    guest("/openstack/latest/user_data", signed(INSTANCE, SHARED_SECRET));
    guest("/latest/meta-data/security-groups", signed(INSTANCE, SHARED_SECRET));
    guest("/openstack/latest/vendor_data.json", signed(INSTANCE, SHARED_SECRET));
    send(
        "POST /openstack/latest/password HTTP/1.1\r\nHost: x\r\nContent-Length: 300\r\n"
            + head(signed(INSTANCE, SHARED_SECRET))
            + "\r\n"
            + (CANARY + "\u00ff").repeat(43).substring(0, 300));
    String metadata =
        "{\"regionID\": \"r\", \"instanceID\": \"%s\", \"metadata\": {\"k\": \"%s\"}}"
            .formatted(INSTANCE, CANARY);
    for (String body :
        List.of(metadata, metadata.replace("}", ""), metadata.replace("\"k", "\"\u001b"))) {
      call(OpenApiCall.post("create", body).sign(OWNER));
      call(OpenApiCall.post("update", body).sign(OWNER).with("Content-Length", "3"));
    }
    userData("!" + CANARY);
    database.execute(
        "nova_cell1",
        "UPDATE instance_extra SET flavor = '{\"%1$s', keypairs = '[%1$s', numa_topology = '%1$s';"
                .formatted(CANARY)
            + "UPDATE instance_info_caches SET network_info = '[{\"%s\": '".formatted(CANARY));
    everything();
    for (String table : List.of("instance_extra", "instances", "block_device_mapping")) {
      database.execute("nova_cell1", "RENAME TABLE %1$s TO %1$s_away".formatted(table));
      everything();
      database.execute("nova_cell1", "RENAME TABLE %1$s_away TO %1$s".formatted(table));
    }
    database.kill();
    everything();
    String all = String.join("\n", lines());
    for (String told : List.of("user_data", "network_info", "does not answer", "Keystone")) {
      assertTrue(all.contains(told), told + " in\n" + all);
    }
  }

  @Test
  @Order(3)
  void nothingThatWasWrittenHasASecretOrAControlCharacter() throws Exception {
    service.close();
    int files = 0;
    for (Path written : written()) {
      byte[] bytes = Files.readAllBytes(written);
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      for (String line : text.split("\n")) {
        assertFalse(line.contains(CANARY), () -> written + ": " + line);
        assertFalse(CONTROL.matcher(line).find(), () -> written + ": " + line);
      }
      files += bytes.length > 0 ? 1 : 0;
    }
    assertTrue(files >= 3, "console, log file, Liberty's messages: " + written());
    assertEquals(Files.readString(folder.resolve("nova.log")).isEmpty(), false);
  }

  private static void everything() throws IOException {
    for (String path :
        List.of(
            "/openstack/latest/meta_data.json",
            "/openstack/latest/user_data",
            "/openstack/latest/network_data.json",
            "/latest/meta-data/public-keys/0/openssh-key")) {
      guest(path, signed(INSTANCE, SHARED_SECRET));
    }
    call(
        OpenApiCall.get("/v4/ecs/metadata/details?instanceID=" + INSTANCE + "&regionID=r")
            .sign(OWNER));
  }

  private static Map<String, String> signed(String instance, String secret) {
    return Map.of(
        "X-Instance-ID",
        instance,
        "X-Tenant-ID",
        PROJECT,
        "X-Instance-ID-Signature",
        ConformanceReplay.signature(secret, instance));
  }

  private static void guest(String path, Map<String, String> headers) throws IOException {
    send("GET " + path + " HTTP/1.1\r\nHost: x\r\n" + head(headers) + "\r\n");
  }

  private static String head(Map<String, String> headers) {
    StringBuilder lines = new StringBuilder("Connection: close\r\n");
    headers.forEach((name, value) -> lines.append(name + ": " + value + "\r\n"));
    return lines.toString();
  }

  /** Whatever is answered, and be it nothing. */
  private static void send(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
    } catch (java.net.SocketException e) {
      assertTrue(e.getMessage().contains("reset") || e.getMessage().contains("pipe"));
    }
  }

  private static void call(OpenApiCall call) {
    try {
      call.send(trust, openApiPort);
    } catch (IOException | StringIndexOutOfBoundsException e) {
      // a connection that is closed without an answer is an answer
      assertFalse(e.toString().contains(CANARY));
    }
  }

  private static List<String> lines() throws IOException {
    return service.output().lines().toList();
  }

  private static List<Path> written() throws IOException {
    List<Path> files = new ArrayList<>(List.of(folder.resolve("nova.log")));
    for (Path place : List.of(folder, STATE.resolve("127.0.0.1-" + port))) {
      try (Stream<Path> all = Files.walk(place)) {
        all.filter(
                file ->
                    file.getFileName()
                        .toString()
                        .matches("(console|messages|trace|ffdc|exception).*"))
            .filter(Files::isRegularFile)
            .forEach(files::add);
      }
    }
    return files;
  }

  /** Answers whatever it is asked with 401 and what was asked, the password in it. */
  private static HttpServer echo() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] asked = exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().set("X-Asked", CANARY);
          exchange.sendResponseHeaders(401, asked.length == 0 ? -1 : asked.length);
          exchange.getResponseBody().write(asked);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static void userData(String column) throws Exception {
    database.execute("nova_cell1", "UPDATE instances SET user_data = '%s'".formatted(column));
  }

  private static String connection(String name) {
    return database.connection(name).replace(":any@", ":" + CANARY + "-database@");
  }

  private static Path configuration(SelfSigned tls) throws IOException {
    Path keys =
        Files.createFile(
            folder.resolve("keys"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        keys, "[owner]\nsecret = %s\nprojects = %s\n".formatted(OWNER.secret(), PROJECT));
    Path vendorData = Files.writeString(folder.resolve("vendor.json"), "{\"a\": " + CANARY);
    return Files.writeString(
        folder.resolve("nova.conf"),
        """
        [DEFAULT]
        debug = true
        log_file = %1$s/nova.log
        metadata_listen = 127.0.0.1
        metadata_listen_port = %2$d
        transport_url = rabbit://nova:CaNaRy-rabbit@127.0.0.1/
        [api]
        metadata_cache_expiration = 0
        vendordata_jsonfile_path = %3$s
        vendordata_dynamic_targets = x@http://nova:CaNaRy@127.0.0.1:1/
        [api_database]
        connection = %4$s
        [database]
        connection = %5$s
        slave_connection = mysql://nova:CaNaRy@127.0.0.1/x
        [keystone_authtoken]
        password = CaNaRy-authtoken
        memcache_secret_key = CaNaRy-memcache
        [vendordata_dynamic_auth]
        password = CaNaRy-vendordata
        [neutron]
        service_metadata_proxy = true
        metadata_proxy_shared_secret = CaNaRy-shared
        auth_type = password
        auth_url = http://127.0.0.1:%6$d/v3
        username = nova
        password = CaNaRy-keystone
        project_name = service
        user_domain_name = Default
        project_domain_name = Default
        region_name = r
        [esurfing]
        access_keys_file = %7$s
        openapi_listen_port = %8$d
        openapi_cert_file = %9$s
        openapi_key_file = %10$s
        """
            .formatted(
                folder,
                port,
                vendorData,
                connection("nova_api"),
                connection("nova_cell0"),
                keystone.getAddress().getPort(),
                keys,
                openApiPort,
                tls.certificate(),
                tls.key()));
  }
}
