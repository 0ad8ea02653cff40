// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.keystone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.novacompat.metadata.config.Catalogue;
import org.novacompat.metadata.keystone.BoundedHttp.RefusedAnswerException;

class BoundedHttpTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final BoundedHttp http = new BoundedHttp(Optional.empty());
  private final AtomicInteger toldSlow = new AtomicInteger();
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final CountDownLatch hungUp = new CountDownLatch(1);
  private ServerSocket server;

  /** What the server sends to one request; whether the connection may be used again. */
  @FunctionalInterface
  private interface Behaviour {
    boolean answer(String head, OutputStream out) throws Exception;
  }

  @BeforeEach
  void listen() throws Exception {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
    threads.shutdownNow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nX-Endless: ",
        "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\n",
        "HTTP/1.1 200 OK\r\n\r\n",
      })
  void whoSendsAByteNowAndThenIsEndedAtTheDeadline(String beginning) throws Exception {
    serve((head, out) -> trickle(out, beginning));
    assertThrows(HttpTimeoutException.class, () -> get(server.getLocalPort(), 100, 600, 1000));
    assertEquals(1, toldSlow.get());
    assertTrue(hungUp.await(5, TimeUnit.SECONDS), "the connection stays");
  }

  @Test
  void whoIsOnlySlowIsHeardOut() throws Exception {
    serve(
        (head, out) -> {
          Thread.sleep(300);
          return send(out, OK);
        });
    assertEquals("ok", new String(get(server.getLocalPort(), 100, 5000, 2).body()));
    assertEquals(1, toldSlow.get());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\n",
      })
  void whoSendsWithoutEndIsEndedAtTheLimit(String beginning) throws Exception {
    serve((head, out) -> flood(out, beginning));
    RefusedAnswerException refused =
        assertThrows(
            RefusedAnswerException.class, () -> get(server.getLocalPort(), 5000, 9000, 50_000));
    assertEquals("answers with too many bytes", refused.getMessage());
    assertTrue(hungUp.await(5, TimeUnit.SECONDS), "the connection stays");
  }

  @Test
  void aRedirectWithinThePlaceIsFollowedAsItWas() throws Exception {
    serve((head, out) -> send(out, head.startsWith("POST /there ") ? OK : redirect("/there")));
    HttpRequest request =
        request(server.getLocalPort()).POST(BodyPublishers.ofString("{}")).build();
    assertEquals(200, http.send(request, limits(5000, 9000, 100), () -> {}).statusCode());
    assertEquals(2, heads.size());
    assertTrue(heads.get(1).contains("X-Auth-Token: secret"), heads.get(1));
  }

  @Test
  void aRedirectToAnotherPlaceIsNotFollowed() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      other.setSoTimeout(300);
      String here = "127.0.0.1:" + server.getLocalPort();
      List<String> places =
          List.of(
              "http://127.0.0.1:" + other.getLocalPort() + "/",
              "https://" + here + "/",
              "http://localhost:" + server.getLocalPort() + "/",
              "//evil.example.org/x",
              "http://" + here.replace(":", "@evil.example.org:") + "/",
              "ftp://" + here + "/");
      AtomicInteger next = new AtomicInteger();
      serve((head, out) -> send(out, redirect(places.get(next.getAndIncrement()))));
      for (String place : places) {
        IOException refused =
            assertThrows(
                RefusedAnswerException.class, () -> get(server.getLocalPort(), 5000, 9000, 100));
        assertTrue(refused.getMessage().startsWith("redirects to "), refused.getMessage());
        assertFalse(refused.getMessage().contains("secret"), place);
      }
      assertThrows(IOException.class, other::accept);
    }
    assertEquals(6, heads.size());
  }

  @Test
  void redirectsThatLeadNowhereEnd() throws Exception {
    serve((head, out) -> send(out, redirect("/round")));
    assertThrows(RefusedAnswerException.class, () -> get(server.getLocalPort(), 5000, 9000, 100));
    assertEquals(6, heads.size());
  }

  /** As servers do that keep connections for a while and then close them without a word. */
  @Test
  void aConnectionThatWasClosedMeanwhileIsNotAFailure() throws Exception {
    serve((head, out) -> send(out, OK) && false);
    for (int i = 0; i < 20; i++) {
      assertEquals(200, get(server.getLocalPort(), 5000, 9000, 100).statusCode());
    }
  }

  @Test
  void aServerThatClosesTheConnectionIsWorthAnotherTry() throws Exception {
    serve((head, out) -> false);
    HttpRequest request = request(server.getLocalPort()).POST(BodyPublishers.noBody()).build();
    IOException closed =
        assertThrows(
            IOException.class, () -> http.send(request, limits(5000, 9000, 100), () -> {}));
    ServiceCallException failure =
        new RemoteService(
                "Keystone",
                request.uri(),
                "[neutron] auth_url",
                new HttpSettings(
                    Conf.of(""),
                    Catalogue.NEUTRON,
                    WaitTimes.of(Optional.empty()),
                    (service, slow) -> {}))
            .failed(closed);
    assertEquals(ServiceCallException.Kind.UNREACHABLE, failure.kind(), failure.getMessage());
  }

  private HttpResponse<byte[]> get(int port, long slowMillis, long endMillis, long maxBytes)
      throws IOException {
    return http.send(
        request(port).build(), limits(slowMillis, endMillis, maxBytes), toldSlow::incrementAndGet);
  }

  private static HttpRequest.Builder request(int port) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/here?a=b"))
        .header("X-Auth-Token", "secret");
  }

  private static BoundedHttp.Limits limits(long slowMillis, long endMillis, long maxBytes) {
    long now = System.nanoTime();
    return new BoundedHttp.Limits(
        now + Duration.ofMillis(slowMillis).toNanos(),
        now + Duration.ofMillis(endMillis).toNanos(),
        maxBytes);
  }

  private static String redirect(String location) {
    return "HTTP/1.1 307 Temporary Redirect\r\nContent-Length: 0\r\nLocation: "
        + location
        + "\r\n\r\n";
  }

  private static boolean send(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
    out.flush();
    return true;
  }

  private boolean trickle(OutputStream out, String beginning) throws Exception {
    try {
      send(out, beginning);
      while (true) {
        send(out, "x");
        Thread.sleep(20);
      }
    } catch (IOException e) {
      hungUp.countDown();
      return false;
    }
  }

  private boolean flood(OutputStream out, String beginning) throws Exception {
    try {
      send(out, beginning);
      while (true) {
        out.write(new byte[10_000]);
      }
    } catch (IOException e) {
      hungUp.countDown();
      return false;
    }
  }

  private void serve(Behaviour behaviour) {
    threads.execute(
        () -> {
          while (!server.isClosed()) {
            try {
              Socket connection = server.accept();
              threads.execute(() -> serve(connection, behaviour));
            } catch (IOException e) {
              return;
            }
          }
        });
  }

  private void serve(Socket connection, Behaviour behaviour) {
    try (connection) {
      String head;
      do {
        head = head(connection.getInputStream());
        heads.add(head);
      } while (behaviour.answer(head, connection.getOutputStream()));
    } catch (Exception e) {
      return; // the client has gone
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("no further request");
      }
      head.append((char) next);
    }
    int at = head.indexOf("Content-Length: ");
    if (at >= 0) {
      in.readNBytes(Integer.parseInt(head.substring(at + 16, head.indexOf("\r", at))));
    }
    return head.toString();
  }
}
