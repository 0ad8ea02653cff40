// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.client;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.novacompat.metadata.fixture.SelfSigned;
import org.novacompat.metadata.signature.AccessKey;
import org.novacompat.metadata.signature.EopSignature;

/** An endpoint with TLS that checks signatures and answers what a test wants it to. */
final class FakeOpenApi implements AutoCloseable {
  private final AccessKey key;
  private final HttpsServer server;
  private final Path certificate;
  private final List<Asked> asked = new ArrayList<>();
  private int status = 200;
  private String answer = "";

  /**
   * A request that was signed right.
   *
   * @param method its method
   * @param target path and query
   * @param date the header Eop-date
   * @param body the body
   */
  record Asked(String method, String target, String date, String body) {}

  private FakeOpenApi(AccessKey key, HttpsServer server, Path certificate) {
    this.key = key;
    this.server = server;
    this.certificate = certificate;
  }

  /** Starts it with a new certificate for 127.0.0.1. */
  static FakeOpenApi start(Path folder, AccessKey key) throws Exception {
    SelfSigned certificate = SelfSigned.make(folder);
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(certificate.store(), SelfSigned.PASSWORD.toCharArray());
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(keys.getKeyManagers(), null, null);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    FakeOpenApi api = new FakeOpenApi(key, server, certificate.certificate());
    server.createContext("/", api::handle);
    server.start();
    return api;
  }

  /** Answers from now on like this. */
  void answer(int httpStatus, String body) {
    status = httpStatus;
    answer = body;
  }

  String url() {
    return "https://127.0.0.1:" + server.getAddress().getPort();
  }

  Path certificate() {
    return certificate;
  }

  List<Asked> asked() {
    return asked;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      Headers headers = exchange.getRequestHeaders();
      String query = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
      TreeMap<String, String> signed = new TreeMap<>();
      for (String name : List.of("ctyun-eop-request-id", "eop-date")) {
        signed.put(name, headers.getFirst(name));
      }
      String date = signed.get("eop-date");
      String expected =
          key.id()
              + " Headers=ctyun-eop-request-id;eop-date Signature="
              + EopSignature.sign(key, date, signed, query, body);
      if (expected.equals(headers.getFirst("Eop-Authorization"))) {
        asked.add(
            new Asked(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                date,
                new String(body, StandardCharsets.UTF_8)));
        send(exchange, status, answer);
      } else {
        send(exchange, 403, failure("Test.Signature.Wrong", "the signature is wrong"));
      }
    }
  }

  /** What the OpenAPI says when it refuses. */
  static String failure(String code, String message) throws IOException {
    return new ObjectMapper()
        .writeValueAsString(
            new TreeMap<>(
                Map.of("statusCode", 900, "errorCode", code, "error", code, "message", message)));
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }
}
