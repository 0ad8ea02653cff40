// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.liberty;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Checks the request line and the header fields of one request byte by byte against RFC 9112
 * (sections 2.2, 3, 5 and 6), before Liberty reads any of it. Liberty keeps each method for the
 * life of the JVM, and reads what follows a head whose body length it does not understand as the
 * next request.
 */
final class RequestHead {
  /** Bytes of a whole head. */
  static final int MAX_BYTES = 65_536;

  /** Bytes of a line: nova's {@code [wsgi] max_header_line}. */
  static final int MAX_LINE = 16_384;

  /** Header fields of a request. */
  static final int MAX_FIELDS = 100;

  private static final String TOKEN_PUNCTUATION = "!#$%&'*+-.^_`|~";

  /** The methods of IANA's registry, without those that concern proxies and other protocols. */
  private static final Set<String> METHODS =
      Set.of(
          ("ACL BASELINE-CONTROL BIND CHECKIN CHECKOUT COPY DELETE GET HEAD LABEL LINK LOCK MERGE"
                  + " MKACTIVITY MKCALENDAR MKCOL MKREDIRECTREF MKWORKSPACE MOVE OPTIONS ORDERPATCH"
                  + " PATCH POST PROPFIND PROPPATCH PUT REBIND REPORT SEARCH UNBIND UNCHECKOUT UNLINK"
                  + " UNLOCK UPDATE UPDATEREDIRECTREF VERSION-CONTROL")
              .split(" "));

  private static final Pattern ABSOLUTE =
      Pattern.compile("https?://[^/]", Pattern.CASE_INSENSITIVE);

  private static final List<String> HEEDED = List.of("close", "keep-alive");

  private static final int HORIZONTAL_TAB = '\t';
  private static final int DELETE = 0x7f;
  private static final int NOT_ASCII = 0x80;

  private int lineStart;
  private int scanned;
  private int fields;
  private boolean hasRequestLine;
  private boolean isHead;
  private boolean isVersion10;
  private boolean hasHost;
  private boolean isChunked;
  private boolean expectsContinue;
  private boolean isComplete;
  private long contentLength = -1;
  private final List<Line> leftOut = new ArrayList<>();

  /** Where a line is, from the beginning of the head. */
  private record Line(int from, int to) {}

  /**
   * Looks at what has arrived; a call with more of the same bytes goes on where the last one ended.
   *
   * @param bytes what has arrived
   * @param from where the head begins, the same in each call
   * @param to the end of what has arrived
   * @return where the head ends; negative where it has not arrived yet
   * @throws RefusedRequestException when it is not a head of HTTP/1.1
   */
  int parse(byte[] bytes, int from, int to) throws RefusedRequestException {
    while (from + scanned < to) {
      int at = from + scanned++;
      if (bytes[at] == '\n') {
        line(bytes, from + lineStart, at);
        lineStart = scanned;
        if (isComplete) {
          requireSoundFraming();
          return at + 1;
        }
      }
      if (scanned - lineStart > MAX_LINE) {
        throw new RefusedRequestException(
            hasRequestLine ? "A header line is too long." : "The request line is too long.");
      }
    }
    if (scanned >= MAX_BYTES) {
      throw new RefusedRequestException("The header is too large.");
    }
    return -1;
  }

  /**
   * Leaves out what does not concern Liberty.
   *
   * @param bytes what has arrived, in which the head is complete
   * @param from where the head begins
   * @param to the end of what has arrived
   * @return how many bytes fewer there are
   */
  int shorten(byte[] bytes, int from, int to) {
    int removed = 0;
    for (int i = 0; i < leftOut.size(); i++) {
      int end = i + 1 < leftOut.size() ? from + leftOut.get(i + 1).from() : to;
      int start = from + leftOut.get(i).to();
      removed += leftOut.get(i).to() - leftOut.get(i).from();
      System.arraycopy(bytes, start, bytes, start - removed, end - start);
    }
    return removed;
  }

  /** Whether the method is HEAD, whose answer has no body. */
  boolean isHead() {
    return isHead;
  }

  /** Whether the length of the body is told by chunks. */
  boolean isChunked() {
    return isChunked;
  }

  /** The bytes of the body, where the length is told by a header. */
  long contentLength() {
    return Math.max(0, contentLength);
  }

  /** Whether the sender of a body waits for {@code 100 Continue}. */
  boolean expectsContinue() {
    return expectsContinue && !isVersion10 && (isChunked || contentLength > 0);
  }

  private void line(byte[] bytes, int from, int newline) throws RefusedRequestException {
    int to = newline > from && bytes[newline - 1] == '\r' ? newline - 1 : newline;
    if (to > from) {
      requirePrintable(bytes, from, to);
      if (hasRequestLine) {
        field(bytes, from, to);
      } else {
        requestLine(bytes, from, to);
      }
    } else if (hasRequestLine) {
      isComplete = true;
    } else if (scanned > 2) {
      throw new RefusedRequestException("The request line is empty.");
    }
  }

  private static void requirePrintable(byte[] bytes, int from, int to)
      throws RefusedRequestException {
    for (int i = from; i < to; i++) {
      int value = bytes[i] & 0xff;
      if (value < ' ' && value != HORIZONTAL_TAB || value == DELETE) {
        throw new RefusedRequestException("The header has a control character.");
      }
    }
  }

  private void requestLine(byte[] bytes, int from, int to) throws RefusedRequestException {
    String line = text(bytes, from, to);
    String[] parts = line.split(" ", -1);
    if (parts.length != 3 || line.indexOf(HORIZONTAL_TAB) >= 0 || parts[1].isEmpty()) {
      throw new RefusedRequestException("The request line is not that of HTTP/1.1.");
    }
    if (!parts[2].equals("HTTP/1.1") && !parts[2].equals("HTTP/1.0")) {
      throw new RefusedRequestException("The protocol is not HTTP/1.1.");
    }
    if (!METHODS.contains(parts[0])) {
      throw new RefusedRequestException("The method is not known.");
    }
    isHead = parts[0].equals("HEAD");
    requirePath(parts[1]);
    isVersion10 = parts[2].equals("HTTP/1.0");
    hasRequestLine = true;
  }

  /** Liberty's web container would refuse some paths with a page of its own. */
  private static void requirePath(String target) throws RefusedRequestException {
    int start = 0;
    if (ABSOLUTE.matcher(target).lookingAt()) {
      start = target.indexOf('/', target.indexOf("://") + 3);
    } else if (!target.startsWith("/") && !target.equals("*")) {
      throw new RefusedRequestException("The target of the request is not valid.");
    }
    int end = target.indexOf('?');
    String path = start < 0 ? "/" : target.substring(start, end < start ? target.length() : end);
    if (!RequestPath.isUsable(path)) {
      throw new RefusedRequestException("The path is not valid.");
    }
  }

  private void field(byte[] bytes, int from, int to) throws RefusedRequestException {
    int colon = from;
    while (colon < to && isToken(bytes[colon])) {
      colon++;
    }
    if (colon == from || colon == to || bytes[colon] != ':') {
      throw new RefusedRequestException("A header line has no valid name.");
    }
    if (++fields > MAX_FIELDS) {
      throw new RefusedRequestException("There are too many headers.");
    }
    // Liberty takes spaces alone for blanks
    for (int i = colon; i < to; i++) {
      bytes[i] = bytes[i] == HORIZONTAL_TAB ? (byte) ' ' : bytes[i];
    }
    String name = text(bytes, from, colon).toLowerCase(Locale.ROOT);
    switch (name) {
      case "host" -> host();
      case "connection" -> connection(bytes, colon + 1, to);
      case "content-length" -> contentLength(value(bytes, colon + 1, to));
      case "transfer-encoding" -> transferEncoding(value(bytes, colon + 1, to));
      case "expect" -> {
        // Liberty's own interim answer has a Content-Length, so it must not see this
        expectsContinue |= value(bytes, colon + 1, to).equalsIgnoreCase("100-continue");
        leaveOut();
      }
      default -> {
        if (!RequestFields.isKnown(name)) {
          leaveOut();
        }
      }
    }
  }

  private void leaveOut() {
    leftOut.add(new Line(lineStart, scanned));
  }

  /** One at most (RFC 9112, 3.2). Without one, or with any value, it is taken, as by nova. */
  private void host() throws RefusedRequestException {
    if (hasHost) {
      throw new RefusedRequestException("There is more than one Host.");
    }
    hasHost = true;
  }

  /** Leaves of the options the one that Liberty heeds. */
  private void connection(byte[] bytes, int from, int to) {
    List<String> options =
        Stream.of(text(bytes, from, to).toLowerCase(Locale.ROOT).split(","))
            .map(String::strip)
            .toList();
    Optional<String> heeded = HEEDED.stream().filter(options::contains).findFirst();
    if (heeded.isEmpty()) {
      leaveOut();
    } else {
      byte[] value = heeded.get().getBytes(StandardCharsets.US_ASCII);
      Arrays.fill(bytes, from, to, (byte) ' ');
      System.arraycopy(value, 0, bytes, from, value.length);
    }
  }

  private void contentLength(String value) throws RefusedRequestException {
    if (contentLength >= 0 || !value.matches("[0-9]{1,18}")) {
      throw new RefusedRequestException("The Content-Length is not valid.");
    }
    contentLength = Long.parseLong(value);
  }

  private void transferEncoding(String value) throws RefusedRequestException {
    if (isChunked || !value.equalsIgnoreCase("chunked")) {
      throw new RefusedRequestException("The Transfer-Encoding is not valid.");
    }
    isChunked = true;
  }

  private void requireSoundFraming() throws RefusedRequestException {
    if (isChunked && (contentLength >= 0 || isVersion10)) {
      throw new RefusedRequestException("The length of the body is ambiguous.");
    }
    if (contentLength > RequestBody.MAX_BYTES) {
      throw RequestBody.tooLarge();
    }
  }

  private static String value(byte[] bytes, int from, int to) {
    return text(bytes, from, to).strip();
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }

  /** A character of a token (RFC 9110, 5.6.2). */
  static boolean isToken(byte value) {
    int character = value & 0xff;
    return character < NOT_ASCII
        && (Character.isLetterOrDigit(character) || TOKEN_PUNCTUATION.indexOf(character) >= 0);
  }
}
