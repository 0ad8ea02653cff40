// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Sends bytes over a connection of their own and reads what comes back, so that nothing is tidied
 * up on the way.
 */
final class RawExchange {
  private static final int TIMEOUT_MILLIS = 20_000;

  private RawExchange() {}

  /**
   * An answer as it came.
   *
   * @param head the status line and the headers
   * @param body the rest
   */
  record Answer(String head, String body) {
    int status() {
      return Integer.parseInt(head.split(" ", 3)[1]);
    }

    Optional<String> header(String name) {
      return head.lines()
          .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst();
    }
  }

  /** GETs a path from an address of this host, with further header lines. */
  static Answer get(int port, String from, String path, String... headers) throws IOException {
    StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\n");
    boolean named = false;
    for (String header : headers) {
      named |= header.startsWith("Host:");
      request.append(header).append("\r\n");
    }
    request.append(named ? "" : "Host: 169.254.169.254\r\n").append("Connection: close\r\n\r\n");
    return send(port, from, request.toString());
  }

  static Answer send(int port, String from, String request) throws IOException {
    try (Socket socket = new Socket()) {
      socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
      socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
      String all = readAll(socket.getInputStream());
      int end = all.indexOf("\r\n\r\n");
      return new Answer(all.substring(0, end), all.substring(end + 4));
    }
  }

  private static String readAll(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    in.transferTo(bytes);
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
