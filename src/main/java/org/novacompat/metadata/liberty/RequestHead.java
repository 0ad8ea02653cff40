// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.liberty;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * The request line and the header fields of one request, checked byte by byte as RFC 9112 wants it
 * (sections 2.2, 3, 5 and 6), before Liberty reads, or keeps, any of it. Liberty keeps each method
 * for ever, and it takes for the next request what follows a head whose length of the body it does
 * not understand.
 */
final class RequestHead {
  /** Bytes of a whole head. */
  static final int MAX_BYTES = 65_536;

  /** Bytes of a line: nova's {@code [wsgi] max_header_line}. */
  static final int MAX_LINE = 16_384;

  /** Header fields of a request. */
  static final int MAX_FIELDS = 100;

  /** Bytes of a field's name: Liberty keeps the first thousand names that it meets. */
  static final int MAX_NAME = 256;

  private static final String TOKEN_PUNCTUATION = "!#$%&'*+-.^_`|~";

  /** The methods of IANA's registry. */
  private static final Set<String> METHODS =
      Set.of(
          "ACL BASELINE-CONTROL BIND CHECKIN CHECKOUT CONNECT COPY DELETE GET HEAD LABEL LINK LOCK MERGE MKACTIVITY"
              .concat(
                  " MKCALENDAR MKCOL MKREDIRECTREF MKWORKSPACE MOVE OPTIONS ORDERPATCH PATCH POST PRI PROPFIND")
              .concat(
                  " PROPPATCH PUT REBIND REPORT SEARCH TRACE UNBIND UNCHECKOUT UNLINK UNLOCK UPDATE")
              .concat(" UPDATEREDIRECTREF VERSION-CONTROL")
              .split(" "));

  private static final int HORIZONTAL_TAB = '\t';
  private static final int DELETE = 0x7f;
  private static final int NOT_ASCII = 0x80;

  private int lineStart;
  private int scanned;
  private int fields;
  private boolean hasRequestLine;
  private boolean isVersion10;
  private boolean hasHost;
  private boolean isChunked;
  private boolean expectsContinue;
  private boolean isComplete;
  private long contentLength = -1;

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
    String line = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
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
    isVersion10 = parts[2].equals("HTTP/1.0");
    hasRequestLine = true;
  }

  private void field(byte[] bytes, int from, int to) throws RefusedRequestException {
    int colon = from;
    while (colon < to && isToken(bytes[colon])) {
      colon++;
    }
    if (colon == from || colon == to || bytes[colon] != ':') {
      throw new RefusedRequestException("A header line has no valid name.");
    }
    if (colon - from > MAX_NAME) {
      throw new RefusedRequestException("The name of a header is too long.");
    }
    if (++fields > MAX_FIELDS) {
      throw new RefusedRequestException("There are too many headers.");
    }
    switch (colon - from) {
      case 4 -> host(bytes, from);
      case 6 -> expect(bytes, from, to);
      case 14 -> contentLength(bytes, from, to);
      case 17 -> transferEncoding(bytes, from, to);
      default -> {}
    }
  }

  private void host(byte[] bytes, int from) throws RefusedRequestException {
    if (isNamed(bytes, from, "host")) {
      if (hasHost) {
        throw new RefusedRequestException("There is more than one Host.");
      }
      hasHost = true;
    }
  }

  private void expect(byte[] bytes, int from, int to) {
    if (isNamed(bytes, from, "expect")
        && value(bytes, from + 7, to).equalsIgnoreCase("100-continue")) {
      expectsContinue = true;
      // Liberty's own interim answer has a Content-Length, so it must not see this
      bytes[from] = 'X';
      bytes[from + 1] = '-';
    }
  }

  private void contentLength(byte[] bytes, int from, int to) throws RefusedRequestException {
    if (isNamed(bytes, from, "content-length")) {
      String value = value(bytes, from + 15, to);
      if (contentLength >= 0 || !value.matches("[0-9]{1,18}")) {
        throw new RefusedRequestException("The Content-Length is not valid.");
      }
      contentLength = Long.parseLong(value);
    }
  }

  private void transferEncoding(byte[] bytes, int from, int to) throws RefusedRequestException {
    if (isNamed(bytes, from, "transfer-encoding")) {
      if (isChunked || !value(bytes, from + 18, to).equalsIgnoreCase("chunked")) {
        throw new RefusedRequestException("The Transfer-Encoding is not valid.");
      }
      isChunked = true;
    }
  }

  private void requireSoundFraming() throws RefusedRequestException {
    if (isChunked && (contentLength >= 0 || isVersion10)) {
      throw new RefusedRequestException("The length of the body is ambiguous.");
    }
    if (contentLength > RequestBody.MAX_BYTES) {
      throw RequestBody.tooLarge();
    }
  }

  private static boolean isNamed(byte[] bytes, int from, String name) {
    for (int i = 0; i < name.length(); i++) {
      if (Character.toLowerCase((char) bytes[from + i]) != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static String value(byte[] bytes, int from, int to) {
    String value = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    int start = 0;
    int end = value.length();
    while (start < end && isBlank(value.charAt(start))) {
      start++;
    }
    while (end > start && isBlank(value.charAt(end - 1))) {
      end--;
    }
    return value.substring(start, end);
  }

  private static boolean isBlank(char character) {
    return character == ' ' || character == HORIZONTAL_TAB;
  }

  /** A character of a token (RFC 9110, 5.6.2). */
  static boolean isToken(byte value) {
    int character = value & 0xff;
    return character < NOT_ASCII
        && (Character.isLetterOrDigit(character) || TOKEN_PUNCTUATION.indexOf(character) >= 0);
  }
}
