// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.novacompat.metadata.fixture.RunningService;

/**
 * HTTP as RFC 9112 wants it, on the built server: what is in front of Liberty's HTTP channel is
 * there, refuses what it should, and keeps connections that it should. Each case is one that Open
 * Liberty 26.0.0.3 by itself does otherwise.
 */
@ResourceLock(RunningService.DEMO)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StrictHttpIT {
  private static final int TIMEOUT_MILLIS = 20_000;
  private static final String LAST = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

  private static final Pattern STATUS_LINE = Pattern.compile("HTTP/[0-9.]+ [0-9]{3} [A-Za-z ]+");

  private int port;
  private RunningService service;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    port = RunningService.freePort();
    service =
        RunningService.start(
            folder,
            Map.of(
                "OS_DEFAULT__METADATA_LISTEN_PORT",
                String.valueOf(port),
                "OS_NOVA_COMPAT__REQUEST_TIMEOUT",
                "6"),
            "--demo");
  }

  @AfterAll
  void stop() {
    service.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0, 0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nContent-Length: 5\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n",
        "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nA: b\r\n c\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nA: b\rc\r\n\r\n",
        "GET / HTTP/500000000.1\r\nHost: a\r\n\r\n",
        "TRACE / HTTP/1.1\r\nHost: a\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3000000\r\n\r\n"
      })
  void refusesWhatIsNotHttpAndReadsNothingAfterIt(String request) throws IOException {
    String answers = exchange(request + LAST);
    assertEquals(List.of("HTTP/1.1 400 Bad Request"), statusLines(answers), answers);
    assertTrue(answers.contains("Content-Type: text/plain; charset=UTF-8"), answers);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET    | /nope                      | 404
          GET    | /latest/nope               | 404
          HEAD   | /latest/nope               | 404
          POST   | /openstack/latest/password | 200
          """)
  void keepsTheConnectionAfterAnAnswer(String method, String path, int status) throws IOException {
    String request = method + " " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc";
    List<String> lines = statusLines(exchange(request + LAST));
    assertEquals(2, lines.size(), lines.toString());
    assertEquals("HTTP/1.1 200 OK", lines.get(1));
    assertFalse(lines.get(0).contains("400 Bad"), lines.get(0));
  }

  @Test
  void answersWithoutAHostAsNovaDoes() throws IOException {
    assertEquals(
        List.of("HTTP/1.1 200 OK"),
        statusLines(exchange("GET / HTTP/1.1\r\nConnection: close\r\n\r\n")));
  }

  @Test
  void answersAHundredRequestsThatAreSentAtOnce() throws IOException {
    String request = "GET /nope HTTP/1.1\r\nHost: a\r\n\r\n";
    assertEquals(101, statusLines(exchange(request.repeat(100) + LAST)).size());
  }

  @Test
  void asksForABodyWithNothingButAStatusLine() throws IOException {
    try (Socket socket = connect()) {
      OutputStream out = socket.getOutputStream();
      out.write(
          ascii(
              "POST /nope HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n"
                  + "Connection: close\r\n\r\n"));
      String interim = "HTTP/1.1 100 Continue\r\n\r\n";
      assertEquals(
          interim,
          new String(
              socket.getInputStream().readNBytes(interim.length()), StandardCharsets.US_ASCII));
      out.write(ascii("abc"));
      assertTrue(read(socket.getInputStream()).startsWith("HTTP/1.1 404 "));
    }
  }

  @Test
  void aRequestArrivesInItsTimeOverAllOrIsAnsweredBy408() throws Exception {
    try (Socket socket = connect()) {
      long start = System.nanoTime();
      socket.getOutputStream().write(ascii("GET / HTTP/1.1\r\n"));
      for (int i = 0; i < 5; i++) {
        Thread.sleep(1000);
        socket.getOutputStream().write(ascii("A: " + i + "\r\n"));
      }
      assertEquals(
          List.of("HTTP/1.1 408 Request Timeout"), statusLines(read(socket.getInputStream())));
      assertTrue(System.nanoTime() - start >= 5_900_000_000L);
    }
  }

  @Test
  void slowSendersHoldNoThread() throws IOException {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 120; i++) {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress("127.0.0." + (30 + i % 4), 0));
        socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
        slow.add(socket);
        String head = "POST /openstack/latest/password HTTP/1.1\r\nHost: a\r\n";
        socket.getOutputStream().write(ascii(head + "Content-Length: 9\r\n\r\na"));
      }
      assertEquals(List.of("HTTP/1.1 200 OK"), statusLines(exchange(LAST)));
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void slowReadersHoldNoThread() throws IOException {
    String requests = "GET / HTTP/1.1\r\nHost: a\r\n\r\n".repeat(20_000);
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 100; i++) {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(2048);
        socket.bind(new InetSocketAddress("127.0.0." + (10 + i % 4), 0));
        socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
        slow.add(socket);
        new Thread(() -> send(socket, requests)).start();
      }
      for (int i = 0; i < 20; i++) {
        assertEquals(List.of("HTTP/1.1 200 OK"), statusLines(exchange(LAST)));
      }
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void oneAddressHasSoManyConnectionsAndOthersAreServed() throws IOException {
    List<Socket> many = new ArrayList<>();
    try {
      for (int i = 0; i < 64; i++) {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress("127.0.0.20", 0));
        socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
        many.add(socket);
        socket.getOutputStream().write(ascii("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
        assertEquals('H', socket.getInputStream().read());
      }
      Socket further = new Socket();
      many.add(further);
      further.bind(new InetSocketAddress("127.0.0.20", 0));
      further.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
      further.getOutputStream().write(ascii(LAST));
      assertEquals(-1, further.getInputStream().read());
      assertEquals(List.of("HTTP/1.1 200 OK"), statusLines(exchange(LAST)));
    } finally {
      for (Socket socket : many) {
        socket.close();
      }
    }
  }

  private static void send(Socket socket, String requests) {
    try {
      socket.getOutputStream().write(ascii(requests));
    } catch (IOException e) {
      return; // closed: nothing more is wanted
    }
  }

  private String exchange(String requests) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(ascii(requests));
      return read(socket.getInputStream());
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    return socket;
  }

  private static String read(InputStream in) throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  private static List<String> statusLines(String answers) {
    return STATUS_LINE.matcher(answers).results().map(MatchResult::group).toList();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
