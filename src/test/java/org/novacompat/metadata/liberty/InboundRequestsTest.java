// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.liberty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InboundRequestsTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

  @ParameterizedTest
  @ValueSource(
      strings = {
        GET,
        "GET / HTTP/1.0\n\n",
        "GET http://a/b?c HTTP/1.1\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nhost:a\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost:\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a b@c/d:e [\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: metadata_1.example.:8775\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: [fe80::a9fe:a9fe]:80\r\n\r\n",
        "GET /\u00e9 HTTP/1.1\r\nUser-Agent: \u00e9 b \r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc",
        "POST / HTTP/1.1\r\nContent-Length: 00\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: Chunked\r\n\r\n3;a=b\r\na\nc\r\n0A\r\n0123456789\r\n0\r\n\r\n"
      })
  void givesOutWhatIsSoundByteForByte(String request) throws RefusedRequestException {
    assertEquals(List.of(request, request), cut(request + request, 1 << 20));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 100})
  void cutsTheSameHoweverItArrives(int step) throws RefusedRequestException {
    String post = "POST /a HTTP/1.1\r\nContent-Length: 5\r\nX-New: b\r\n\r\n\r\n\r\nG";
    String chunks = "PUT /b HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nGE\r\n0\r\n\r\n";
    assertEquals(
        List.of(GET, post.replace("X-New: b\r\n", ""), chunks, GET),
        cut(GET + post + chunks + GET, step));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Connection: close                 | Connection:close
          Connection: keep-alive            | Connection:keep-alive
          Connection: x, Close ,y           | Connection:close
          Connection: KEEP-ALIVE, x         | Connection:keep-alive
          Connection: x                     |
          Expect: 100-continue              |
          Expect: x                         |
          Content-Encoding: x               |
          X-New: x                          |
          $WSRA: 10.0.0.1                   |
          Upgrade: h2c                      |
          X-FORWARDED-FOR: 10.0.0.1         | X-FORWARDED-FOR: 10.0.0.1
          """)
  void leavesOutWhatLibertyWouldKeepOrMisunderstand(String field, String left)
      throws RefusedRequestException {
    String request = "GET / HTTP/1.1\r\n" + field + "\r\nHost: a\r\n" + field + "\r\n\r\n";
    Stream<String> expected = Stream.of("GET / HTTP/1.1", left, "Host: a", left, "");
    assertEquals(
        expected.filter(Objects::nonNull).toList(),
        cut(request, 1 << 20).get(0).replaceAll(" +\r", "\r").lines().toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"chunked\t", "\tchunked", " chunked \t "})
  void blanksAreSpacesForLibertyTakesNoOthersForBlanks(String coding)
      throws RefusedRequestException {
    String request = "POST / HTTP/1.1\r\nTransfer-Encoding:" + coding + "\r\n\r\n0\r\n\r\n";
    assertEquals(List.of(request.replace('\t', ' ')), cut(request, 1 << 20));
    String other = "GET / HTTP/1.1\r\nConnection: \t x\t,\t close \t\r\n\r\n";
    assertEquals(-1, cut(other, 1 << 20).get(0).indexOf('\t'));
  }

  @Test
  void anEmptyLineIsNotTheBeginningOfARequest() throws RefusedRequestException {
    assertEquals(List.of("\r\n" + GET), cut("\r\n" + GET, 1 << 20));
    InboundRequests requests = new InboundRequests();
    requests.add(bytes("\r\n"));
    assertEquals(false, requests.isBegun());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /\r\n\r\n",
        "GET  / HTTP/1.1\r\n\r\n",
        "GET /a b HTTP/1.1\r\n\r\n",
        "GET\t/ HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1 \r\n\r\n",
        "GET / HTTP/1.2\r\n\r\n",
        "GET / HTTP/0.9\r\n\r\n",
        "GET / HTTP/2.0\r\n\r\n",
        "GET / HTTP/500000000.1\r\n\r\n",
        "GET / http/1.1\r\n\r\n",
        "get / HTTP/1.1\r\n\r\n",
        "NEW / HTTP/1.1\r\n\r\n",
        "TRACE / HTTP/1.1\r\n\r\n",
        "CONNECT a:80 HTTP/1.1\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "GET a HTTP/1.1\r\n\r\n",
        "GET ftp://a/ HTTP/1.1\r\n\r\n",
        "GET /%2 HTTP/1.1\r\n\r\n",
        "GET /../a HTTP/1.1\r\n\r\n",
        "GET http://a/%00 HTTP/1.1\r\n\r\n",
        "GET /\u0000 HTTP/1.1\r\n\r\n",
        "\r\n\r\nGET / HTTP/1.1\r\n\r\n",
        "\u0016\u0003\u0001\u0000\n",
        "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
        "GET / HTTP/1.1\r\n: a\r\n\r\n",
        "GET / HTTP/1.1\r\na\r\n\r\n",
        "GET / HTTP/1.1\r\nA\u00e9: a\r\n\r\n",
        "GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n",
        "GET / HTTP/1.1\r\n A: b\r\n\r\n",
        "GET / HTTP/1.1\r\nA: b\rc\r\n\r\n",
        "GET / HTTP/1.1\r\nA: b\u0000\r\n\r\n",
        "GET / HTTP/1.1\r\nA: b\u007f\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nhost: b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: +0\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 0x1\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: abc\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length:\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 0, 0\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 0\r\nContent-Length: 0\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 9999999999999999999\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 2097153\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1 \r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\na",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n000000001\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nA: b\r\n\r\n"
      })
  void refuses(String request) {
    assertThrows(RefusedRequestException.class, () -> cut(request, 1 << 20));
    assertThrows(RefusedRequestException.class, () -> cut(request, 1));
    assertThrows(RefusedRequestException.class, () -> cut(GET + request, 5));
  }

  @Test
  void refusesWhatIsTooLargeBeforeItIsThere() {
    String start = "GET / HTTP/1.1\r\n";
    assertThrows(RefusedRequestException.class, () -> cut("GET /" + "a".repeat(16_384), 1000));
    assertThrows(
        RefusedRequestException.class, () -> cut(start + "A: " + "a".repeat(16_384), 1000));
    assertThrows(
        RefusedRequestException.class,
        () -> cut(start + ("A: " + "a".repeat(1000) + "\r\n").repeat(66), 1000));
    assertThrows(RefusedRequestException.class, () -> cut(start + "A: b\r\n".repeat(101), 1000));
    assertThrows(
        RefusedRequestException.class,
        () ->
            cut(
                "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + ("400\r\n" + "a".repeat(1024) + "\r\n").repeat(2049),
                8192));
  }

  @Test
  void tellsWhoWaitsToBeToldToGoOn() throws RefusedRequestException {
    InboundRequests requests = new InboundRequests();
    requests.add(bytes("POST / HTTP/1.1\r\nExpect: 100-Continue\r\nContent-Length: 3\r\n\r\n"));
    requests.approve();
    assertTrue(requests.awaitsContinue());

    InboundRequests sent = new InboundRequests();
    sent.add(bytes("POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\na"));
    sent.approve();
    assertEquals(false, sent.awaitsContinue());
  }

  @Test
  void givesOutNothingOfABodyThatIsNotComplete() throws RefusedRequestException {
    InboundRequests requests = new InboundRequests();
    String post = "POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nab";
    requests.add(bytes(post));
    requests.approve();
    assertEquals(0, requests.available());
    requests.add(bytes("c"));
    requests.approve();
    assertEquals(post.length() + 1, requests.available());
  }

  @Test
  void givesOutNothingOfAHeadThatIsNotComplete() throws RefusedRequestException {
    InboundRequests requests = new InboundRequests();
    requests.add(bytes("GET / HTTP/1.1\r\nHost: a\r\n"));
    requests.approve();
    assertEquals(0, requests.available());
    assertTrue(requests.isBegun());
    requests.add(bytes("\r\nGET"));
    requests.approve();
    assertEquals(GET.length(), requests.available());
    assertTrue(requests.hasArrived());
  }

  /** What is given out of requests that arrive so many bytes at a time. */
  private static List<String> cut(String text, int step) throws RefusedRequestException {
    byte[] all = bytes(text);
    InboundRequests requests = new InboundRequests();
    List<String> given = new ArrayList<>();
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    for (int at = 0; at < all.length; at += step) {
      requests.add(Arrays.copyOfRange(all, at, Math.min(all.length, at + step)));
      requests.approve();
      while (requests.available() > 0) {
        request.writeBytes(requests.give(11));
        if (requests.hasArrived() && requests.available() == 0) {
          given.add(request.toString(StandardCharsets.ISO_8859_1));
          request.reset();
          requests.next();
          requests.approve();
        }
      }
    }
    return given;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
