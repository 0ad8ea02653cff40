// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.serve;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sends a running server requests that are nearly right, byte by byte, and holds what comes back
 * against RFC 9112: well-formed answers, no more of them than requests, nothing about the server,
 * and a server that answers the next request.
 */
final class WireFuzz {
  /** Faults that are known and not mended yet; with none of them here, each fails the test. */
  private static final Set<Fault> TOLERATED = EnumSet.noneOf(Fault.class);

  /** A kind of wrong answer. */
  private enum Fault {
    /** A body of a length that cannot be known is read all the same, or left unread. */
    FRAMING_TAKEN,
    /** {@code 100 Continue} has the fields of a last answer. */
    CONTINUE_WITH_LENGTH,
    /** An answer claims to be of another version than HTTP/1.1, or 1.0 to who speaks that. */
    OTHER_VERSION,
    /** An agent knows no 413. */
    STATUS_413,
    MALFORMED_ANSWER,
    UNKNOWN_STATUS,
    TOO_MANY_ANSWERS,
    TELLS_OF_THE_SERVER,
    SERVER_IS_AWAY
  }

  private static final Duration LONGEST_EACH = Duration.ofMillis(40);
  private static final int TIMEOUT_MILLIS = 30_000;
  private static final Set<Integer> STATUSES = Set.of(100, 200, 400, 403, 404, 409, 414, 431, 505);
  private static final String NEXT = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
  private static final Pattern HEAD =
      Pattern.compile(
          "(?<version>[!-~]{1,20}) (?<status>[1-5]\\d\\d) [ -~]*\r\n"
              + "(?<fields>(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\t -~]*\r\n)*+)\r\n");
  private static final Pattern LENGTH =
      Pattern.compile("(?im)^Content-Length: *(?<length>\\d{1,9})\\s*$");
  private static final Pattern CHUNKED = Pattern.compile("(?im)^Transfer-Encoding: *chunked\\s*$");
  private static final Pattern CHUNK = Pattern.compile("(?<size>[0-9a-fA-F]{1,7})(?:;[ -~]*)?\r\n");
  private static final Pattern TELLING =
      Pattern.compile(
          "liberty|websphere|ibm|cww|srve|exception|java|server:|powered|\\$ws|\\bat [a-z]+\\.");

  private static final List<String> WELL_FORMED =
      List.of(
          NEXT,
          "GET /openstack/latest/meta_data.json HTTP/1.1\r\nHost: 169.254.169.254\r\nAccept: */*\r\n\r\n",
          "GET //latest/./meta-data/%2e%2e/user-data?a=b HTTP/1.0\r\n\r\n",
          "POST /openstack/latest/password HTTP/1.1\r\nHost: h\r\nContent-Length: 2000\r\n\r\n"
              + "x".repeat(2000),
          "POST /nope HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
          "PUT /latest/api/token HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\nx");

  private static final List<String> TOKENS =
      List.of(
          "\r\n",
          "\n",
          "\r",
          "\r\n\r\n",
          "\0",
          " ",
          "\t",
          ":",
          "%",
          "%00",
          "%2f",
          ";",
          "\u007f",
          "\u00ff",
          "HTTP/1.1",
          "HTTP/2.0",
          "HTTP/0.9",
          "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
          "Connection: close\r\n",
          "Connection: Upgrade\r\nUpgrade: h2c\r\n",
          "Expect: x\r\n",
          "Content-Length: 5\r\n",
          "Transfer-Encoding: chunked\r\n",
          "Host: x\r\n",
          "$WSRA: 1\r\n",
          "http://h/",
          "*",
          "0\r\n\r\n",
          "X: " + "a".repeat(9000),
          "a".repeat(20_000));

  /** Headers after which nobody can know where a body ends. */
  private static final List<String> FRAMINGS_OF_NO_LENGTH =
      List.of(
          "Content-Length: -1",
          "Content-Length: +%d",
          "Content-Length: abc",
          "Content-Length: 0, %d",
          "Content-Length: 0x0",
          "Content-Length: 0 0",
          "Content-Length: 99999999999999999999",
          "Content-Length: 0\r\nContent-Length: %d",
          "Content-Length : %d",
          "Content-Length: %d\r\nTransfer-Encoding: chunked",
          "Transfer-Encoding: chunked\r\nContent-Length: 0",
          "Transfer-Encoding: xchunked",
          "Transfer-Encoding: chunked, identity",
          "Transfer-Encoding: identity",
          "Transfer-Encoding : chunked",
          "X: y\r\n Content-Length: %d",
          "X: \0\r\nContent-Length: %d",
          "X: a\rContent-Length: 1",
          "Transfer-Encoding: \u000bchunked");

  private final int port;
  private final Random random;

  private WireFuzz(int port, long seed) {
    this.port = port;
    this.random = new Random(seed);
  }

  /**
   * Sends requests from 127.0.0.3, until there were enough or they take too long.
   *
   * @param port the server's, on this host
   * @param seed what the requests are made from
   * @param most how many requests at most
   */
  static void run(int port, long seed, int most) throws IOException {
    WireFuzz fuzz = new WireFuzz(port, seed);
    long end = System.nanoTime() + most * LONGEST_EACH.toNanos();
    for (int sent = 0; sent < most && System.nanoTime() < end; sent++) {
      if (sent % 3 == 0) {
        fuzz.sendABodyOfNoLength();
      } else {
        fuzz.sendMutated();
      }
      fuzz.assertServes();
    }
  }

  private void sendABodyOfNoLength() throws IOException {
    String framing = one(FRAMINGS_OF_NO_LENGTH).replace("%d", String.valueOf(NEXT.length()));
    String request =
        "%s %s HTTP/1.1\r\nHost: h\r\n%s\r\n\r\n"
            .formatted(
                one(List.of("GET", "POST", "PUT")),
                one(List.of("/latest", "/nope", "/openstack/latest/password")),
                random.nextBoolean() ? framing : framing.toLowerCase(Locale.ROOT));
    List<Integer> statuses = statuses(request + NEXT, 2);
    if (!statuses.isEmpty() && !statuses.equals(List.of(400))) {
      found(Fault.FRAMING_TAKEN, request + NEXT, statuses);
    }
  }

  private void sendMutated() throws IOException {
    StringBuilder request = new StringBuilder(one(WELL_FORMED));
    request.append(random.nextInt(4) == 0 ? one(WELL_FORMED) : "");
    for (int i = random.nextInt(4); i >= 0; i--) {
      mutate(request);
    }
    String sent = request.toString();
    int mostRequests = sent.split("\r?\n\r?\n", -1).length + 1;
    statuses(sent, mostRequests);
  }

  private void mutate(StringBuilder text) {
    int at = random.nextInt(text.length());
    int end = Math.min(text.length(), at + 1 + random.nextInt(8));
    switch (random.nextInt(4)) {
      case 0 -> text.setCharAt(at, (char) random.nextInt(0x100));
      case 1 -> text.delete(at, Math.min(end, at + text.length() - 1));
      case 2 -> text.insert(at, text.substring(at, end));
      default -> text.insert(at, one(TOKENS));
    }
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  /** The statuses of the last answers to what is sent; an interim one goes with them. */
  private List<Integer> statuses(String request, int most) throws IOException {
    String answers = exchange(request);
    List<Integer> statuses = new ArrayList<>();
    Matcher head = HEAD.matcher(answers);
    int at = 0;
    while (at < answers.length()) {
      if (!head.region(at, answers.length()).lookingAt()) {
        found(Fault.MALFORMED_ANSWER, request, answers.substring(at));
      }
      int status = Integer.parseInt(head.group("status"));
      at = end(head, status, answers, request);
      check(head, status, answers.substring(head.start(), at), request);
      if (status >= 200) {
        statuses.add(status);
      }
    }
    if (statuses.size() > most) {
      found(Fault.TOO_MANY_ANSWERS, request, answers);
    }
    return statuses;
  }

  private static void check(Matcher head, int status, String answer, String request) {
    if (!head.group("version").matches("HTTP/1[.][01]")) {
      found(Fault.OTHER_VERSION, request, answer);
    }
    if (!STATUSES.contains(status)) {
      found(status == 413 ? Fault.STATUS_413 : Fault.UNKNOWN_STATUS, request, answer);
    }
    if (status < 200 && LENGTH.matcher(head.group("fields")).find()) {
      found(Fault.CONTINUE_WITH_LENGTH, request, answer);
    }
    if (status != 200 && TELLING.matcher(answer.toLowerCase(Locale.ROOT)).find()) {
      found(Fault.TELLS_OF_THE_SERVER, request, answer);
    }
  }

  /** Where an answer ends. */
  private static int end(Matcher head, int status, String answers, String request) {
    Matcher length = LENGTH.matcher(head.group("fields"));
    int end = head.end();
    if (status < 200 || status == 204 || status == 304) {
      return end;
    }
    if (CHUNKED.matcher(head.group("fields")).find()) {
      end = endOfChunks(answers, end);
    } else {
      end = length.find() ? end + Integer.parseInt(length.group("length")) : answers.length();
    }
    if (end < 0 || end > answers.length()) {
      found(Fault.MALFORMED_ANSWER, request, answers);
    }
    return end;
  }

  /** Negative where there is none. */
  private static int endOfChunks(String answers, int start) {
    Matcher chunk = CHUNK.matcher(answers);
    int at = start;
    while (at < answers.length() && chunk.region(at, answers.length()).lookingAt()) {
      int size = Integer.parseInt(chunk.group("size"), 16);
      at = chunk.end() + size + "\r\n".length();
      if (size == 0) {
        return at;
      }
    }
    return -1;
  }

  /** Sends, says that nothing follows, and reads until the server has nothing to say either. */
  private String exchange(String request) throws IOException {
    try (Socket socket = new Socket()) {
      socket.bind(new InetSocketAddress("127.0.0.3", 0));
      socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      try {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        socket.shutdownOutput();
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      } catch (SocketException e) {
        return ""; // closed before all was sent, as it may be after a refusal
      }
    }
  }

  private void assertServes() throws IOException {
    String answer = exchange(NEXT);
    if (!answer.startsWith("HTTP/1.1 200 ")) {
      found(Fault.SERVER_IS_AWAY, NEXT, answer);
    }
  }

  private static void found(Fault fault, String request, Object answer) {
    if (!TOLERATED.contains(fault)) {
      throw new AssertionError(
          "%s: to %s came %s".formatted(fault, escaped(request), escaped(answer.toString())));
    }
  }

  private static String escaped(String text) {
    String escaped = text.replace("\r", "\\r").replace("\n", "\\n");
    return escaped.length() > 2000 ? escaped.substring(0, 2000) + "..." : escaped;
  }
}
