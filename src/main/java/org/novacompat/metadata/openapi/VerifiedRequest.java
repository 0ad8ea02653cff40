// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.openapi;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A request whose signature was found right: with the body that was signed, and whose it is. */
final class VerifiedRequest extends HttpServletRequestWrapper {
  /** The attribute that is the {@link VerifiedCall}. */
  static final String CALL = VerifiedCall.class.getName();

  private final VerifiedCall call;

  /**
   * Gives a request its body back.
   *
   * @throws RefusedException when path and query are no URI
   */
  VerifiedRequest(HttpServletRequest request, VerifiedCall call) throws RefusedException {
    super(request);
    this.call = call;
    String query = request.getQueryString();
    try {
      URI.create(getRequestURL() + (query == null ? "" : "?" + query));
    } catch (IllegalArgumentException e) {
      throw new RefusedException(Failure.REQUEST_MALFORMED, "Path or query are not valid.");
    }
  }

  /** Without what the caller says in its Host header, which may be anything. */
  @Override
  public StringBuffer getRequestURL() {
    return new StringBuffer("https://localhost").append(getRequestURI());
  }

  @Override
  public Object getAttribute(String name) {
    return name.equals(CALL) ? call : super.getAttribute(name);
  }

  @Override
  public ServletInputStream getInputStream() {
    return new Body(new ByteArrayInputStream(call.body()));
  }

  @Override
  public BufferedReader getReader() {
    return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
  }

  /** The body, all there. */
  private static final class Body extends ServletInputStream {
    private final ByteArrayInputStream bytes;

    private Body(ByteArrayInputStream bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read() {
      return bytes.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      return bytes.read(target, offset, length);
    }

    @Override
    public int available() {
      return bytes.available();
    }

    @Override
    public boolean isFinished() {
      return bytes.available() == 0;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new IllegalStateException("nobody waits for what is there");
    }
  }
}
