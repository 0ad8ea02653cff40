// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An HTTP/1.1 client that sends paths exactly as they are given, {@code //} and {@code ..} and bad
 * escapes included, which other clients tidy up. Keeps its connection where the server does.
 */
final class RawHttp implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 60_000;

  private final URI server;
  private Optional<Socket> connection = Optional.empty();

  RawHttp(URI server) {
    this.server = server;
  }

  /**
   * An answer.
   *
   * @param status the status; 0 when the server dropped the connection without one
   * @param headers the headers, their names in lower case
   * @param body the body, after transfer coding
   */
  record Reply(int status, Map<String, String> headers, byte[] body) {
    private static final Reply NONE = new Reply(0, Map.of(), new byte[0]);

    /** The content type, parameters included. */
    Optional<String> type() {
      return Optional.ofNullable(headers.get("content-type"));
    }
  }

  /** Asks once, or once more on a new connection when a kept one turns out to be closed. */
  Reply ask(String method, String path, Map<String, String> headers) throws IOException {
    final byte[] request = request(method, path, headers);
    if (connection.isPresent()) {
      try {
        return exchange(method, request);
      } catch (IOException closedMeanwhile) {
        close();
      }
    }
    try {
      return exchange(method, request);
    } catch (EOFException dropped) {
      close();
      return Reply.NONE;
    }
  }

  /** Asks once, on the connection that was kept or on a new one; keeps none that failed. */
  Reply askOnce(String method, String path, Map<String, String> headers) throws IOException {
    try {
      return exchange(method, request(method, path, headers));
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    if (connection.isPresent()) {
      connection.get().close();
      connection = Optional.empty();
    }
  }

  private byte[] request(String method, String path, Map<String, String> headers) {
    final StringBuilder head = new StringBuilder(method).append(' ').append(path);
    head.append(" HTTP/1.1\r\nHost: ").append(server.getRawAuthority()).append("\r\n");
    if (!method.equals("GET") && !method.equals("HEAD")) {
      head.append("Content-Length: 0\r\n");
    }
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private Reply exchange(String method, byte[] request) throws IOException {
    final Socket socket = connected();
    socket.getOutputStream().write(request);
    socket.getOutputStream().flush();
    final InputStream in = new BufferedInputStream(socket.getInputStream());
    final int status = Integer.parseInt(line(in).split(" ", 3)[1]);
    final Map<String, String> headers = headers(in);
    final boolean bodiless = method.equals("HEAD") || status == 204 || status == 304;
    final byte[] body = bodiless ? new byte[0] : body(in, headers);
    if (endsConnection(headers, bodiless)) {
      close();
    }
    return new Reply(status, headers, body);
  }

  private Socket connected() throws IOException {
    if (connection.isEmpty()) {
      final Socket socket = new Socket(server.getHost(), server.getPort());
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.setTcpNoDelay(true);
      connection = Optional.of(socket);
    }
    return connection.get();
  }

  private static boolean endsConnection(Map<String, String> headers, boolean bodiless) {
    final boolean delimited =
        bodiless
            || headers.containsKey("content-length")
            || headers.containsKey("transfer-encoding");
    return !delimited || headers.getOrDefault("connection", "").equalsIgnoreCase("close");
  }

  private static Map<String, String> headers(InputStream in) throws IOException {
    final Map<String, String> headers = new LinkedHashMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      final int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return headers;
  }

  private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
    if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
      return chunks(in);
    }
    final String length = headers.get("content-length");
    return length == null ? in.readAllBytes() : exactly(in, Integer.parseInt(length));
  }

  private static byte[] chunks(InputStream in) throws IOException {
    final ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
      body.writeBytes(exactly(in, size));
      line(in);
    }
    headers(in);
    return body.toByteArray();
  }

  private static int chunkSize(InputStream in) throws IOException {
    return Integer.parseInt(line(in).split(";", 2)[0].strip(), 16);
  }

  private static byte[] exactly(InputStream in, int length) throws IOException {
    final byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the body ends after " + bytes.length + " of " + length + " bytes");
    }
    return bytes;
  }

  private static String line(InputStream in) throws IOException {
    final ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the connection ends within a line");
      }
      line.write(next);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }
}
