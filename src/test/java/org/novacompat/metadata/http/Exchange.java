// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.http;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One request and what is answered to it, as a container would hand them to a servlet. */
final class Exchange {
  private final String method;
  private final String path;
  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Body body;
  private final Sent sent = new Sent();
  private int status = HttpServletResponse.SC_OK;
  private Optional<String> type = Optional.empty();
  private Optional<Integer> length = Optional.empty();

  Exchange(String method, String path, InputStream body) {
    this.method = method;
    this.path = path;
    this.body = new Body(body);
  }

  static Exchange of(String method, String path) {
    return new Exchange(method, path, InputStream.nullInputStream());
  }

  static Exchange post(String path, byte[] body) {
    return new Exchange("POST", path, new ByteArrayInputStream(body))
        .with("Content-Length", String.valueOf(body.length));
  }

  Exchange with(String header, String value) {
    headers.put(header, value);
    return this;
  }

  HttpServletRequest request() {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            Exchange.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, called, arguments) ->
                switch (called.getName()) {
                  case "getMethod" -> method;
                  case "getRequestURI" -> path;
                  case "getRemoteAddr" -> "192.0.2.7";
                  case "getHeader" -> headers.get(String.valueOf(arguments[0]));
                  case "getHeaders" ->
                      Collections.enumeration(
                          Optional.ofNullable(headers.get(String.valueOf(arguments[0]))).stream()
                              .toList());
                  case "getContentLengthLong" ->
                      Long.parseLong(headers.getOrDefault("Content-Length", "-1"));
                  case "getInputStream" -> body;
                  default -> throw new UnsupportedOperationException(called.getName());
                });
  }

  HttpServletResponse response() {
    return (HttpServletResponse)
        Proxy.newProxyInstance(
            Exchange.class.getClassLoader(),
            new Class<?>[] {HttpServletResponse.class},
            (proxy, called, arguments) -> {
              switch (called.getName()) {
                case "setStatus" -> status = (Integer) arguments[0];
                case "setContentType" -> type = Optional.of((String) arguments[0]);
                case "setContentLength" -> length = Optional.of((Integer) arguments[0]);
                case "setHeader" -> headers.put("answered " + arguments[0], (String) arguments[1]);
                case "getOutputStream" -> {
                  return sent;
                }
                default -> throw new UnsupportedOperationException(called.getName());
              }
              return null;
            });
  }

  int status() {
    return status;
  }

  Optional<String> type() {
    return type;
  }

  Optional<Integer> length() {
    return length;
  }

  String body() {
    return sent.bytes.toString(StandardCharsets.UTF_8);
  }

  /** How many bytes of the request's body were read. */
  int read() {
    return body.read;
  }

  /** Headers that were set apart from type and length. */
  List<String> answeredHeaders() {
    return headers.keySet().stream().filter(name -> name.startsWith("answered ")).toList();
  }

  private static final class Body extends ServletInputStream {
    private final InputStream bytes;
    private int read;

    Body(InputStream bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read() throws java.io.IOException {
      int next = bytes.read();
      read += next < 0 ? 0 : 1;
      return next;
    }

    @Override
    public boolean isFinished() {
      return false;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new UnsupportedOperationException();
    }
  }

  private static final class Sent extends ServletOutputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public void write(int b) {
      bytes.write(b);
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      throw new UnsupportedOperationException();
    }
  }
}
