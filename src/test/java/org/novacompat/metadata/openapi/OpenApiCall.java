// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.openapi;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.novacompat.metadata.fixture.RawExchange;
import org.novacompat.metadata.signature.AccessKey;
import org.novacompat.metadata.signature.EopSignature;

/** A call of the OpenAPI, byte by byte, so that every part of it can be wrong. */
public final class OpenApiCall {
  public static final String ID = "ctyun-eop-request-id";
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final int TIMEOUT_MILLIS = 20_000;

  private final String method;
  private final String target;
  private byte[] body = new byte[0];
  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private String from = "127.0.0.1";
  private Duration ahead = Duration.ZERO;

  private OpenApiCall(String method, String target) {
    this.method = method;
    this.target = target;
    headers.put("Host", "127.0.0.1");
    headers.put(ID, UUID.randomUUID().toString());
  }

  public static OpenApiCall get(String target) {
    return new OpenApiCall("GET", target);
  }

  public static OpenApiCall of(String method, String target) {
    return new OpenApiCall(method, target);
  }

  public static OpenApiCall post(String name, String json) {
    OpenApiCall call = new OpenApiCall("POST", "/v4/ecs/metadata/" + name);
    call.body = json.getBytes(StandardCharsets.UTF_8);
    return call.with("Content-Type", "application/json");
  }

  public OpenApiCall with(String header, String value) {
    headers.put(header, value);
    return this;
  }

  public OpenApiCall from(String address) {
    from = address;
    return this;
  }

  public OpenApiCall dated(Duration later) {
    ahead = later;
    return this;
  }

  public String id() {
    return headers.get(ID);
  }

  /** Signs, with the query sorted already. */
  public OpenApiCall sign(AccessKey key) {
    String date = FORMAT.format(Instant.now().plus(ahead));
    TreeMap<String, String> signed = new TreeMap<>(Map.of(ID, id(), "eop-date", date));
    int query = target.indexOf('?');
    String signature =
        EopSignature.sign(key, date, signed, query < 0 ? "" : target.substring(query + 1), body);
    headers.put("Eop-date", date);
    headers.put(
        "Eop-Authorization", key.id() + " Headers=" + ID + ";eop-date Signature=" + signature);
    return this;
  }

  public RawExchange.Answer send(SSLContext tls, int port) throws IOException {
    try (Socket plain = new Socket()) {
      plain.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
      plain.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
      plain.setSoTimeout(TIMEOUT_MILLIS);
      try (SSLSocket socket =
          (SSLSocket) tls.getSocketFactory().createSocket(plain, "127.0.0.1", port, true)) {
        socket.getOutputStream().write(head().getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().write(body);
        socket.getOutputStream().flush();
        String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int end = all.indexOf("\r\n\r\n");
        return new RawExchange.Answer(all.substring(0, end), all.substring(end + 4));
      }
    }
  }

  private String head() {
    StringBuilder head = new StringBuilder(method).append(' ').append(target);
    head.append(" HTTP/1.1\r\nConnection: close\r\n");
    if (body.length > 0 && !headers.containsKey("Content-Length")) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    return head.append("\r\n").toString();
  }
}
