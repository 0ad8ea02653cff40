// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.openapi;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A call that a servlet received.
 *
 * @param request the servlet's request
 */
record ServletCall(HttpServletRequest request) implements ReceivedCall {
  /** A larger body is refused, unread if its length is announced. */
  private static final int MAX_BODY_BYTES = 1 << 20;

  /** A slower body is refused: its sender occupies one of few places. */
  private static final Duration MAX_BODY_TIME = Duration.ofSeconds(15);

  private static final int BUFFER_BYTES = 8192;

  @Override
  public String method() {
    return request.getMethod();
  }

  @Override
  public String path() {
    return request.getRequestURI().substring(request.getContextPath().length());
  }

  @Override
  public List<String> headers(String name) {
    return Collections.list(request.getHeaders(name));
  }

  @Override
  public String query() {
    return Optional.ofNullable(request.getQueryString()).orElse("");
  }

  @Override
  public String address() {
    return request.getRemoteAddr();
  }

  @Override
  public byte[] body() throws RefusedException {
    if (request.getContentLengthLong() > MAX_BODY_BYTES) {
      throw tooLarge();
    }
    try {
      return read(request.getInputStream());
    } catch (IOException e) {
      throw new RefusedException(ErrorCode.REQUEST_MALFORMED, "The body breaks off.");
    }
  }

  private static byte[] read(InputStream in) throws IOException, RefusedException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] part = new byte[BUFFER_BYTES];
    long end = System.nanoTime() + MAX_BODY_TIME.toNanos();
    for (int length = in.read(part); length >= 0; length = in.read(part)) {
      body.write(part, 0, length);
      if (body.size() > MAX_BODY_BYTES) {
        throw tooLarge();
      }
      if (System.nanoTime() - end > 0) {
        throw new RefusedException(ErrorCode.REQUEST_MALFORMED, "The body takes too long.");
      }
    }
    return body.toByteArray();
  }

  private static RefusedException tooLarge() {
    return new RefusedException(
        ErrorCode.REQUEST_TOO_LARGE, "A body has at most " + MAX_BODY_BYTES + " bytes.");
  }
}
