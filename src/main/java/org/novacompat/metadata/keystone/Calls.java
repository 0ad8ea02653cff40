// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.keystone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.function.Consumer;
import org.novacompat.metadata.keystone.ServiceCallException.Kind;

/**
 * The calls that one question to a server takes. They share a time, a number of bytes and, where
 * there is one, a token. For one thread.
 */
public final class Calls {
  private static final JsonMapper JSON = new JsonMapper();
  private static final long MAX_BYTES = 8 << 20;
  private static final int UNAUTHORIZED = 401;
  private static final int UNAVAILABLE = 503;

  private final RemoteService service;
  private final BoundedHttp http;
  private final String token;
  private final Consumer<ServiceCallException> slow;
  private final long begun;
  private long bytesLeft = MAX_BYTES;

  /**
   * Begins.
   *
   * @param service the server
   * @param http how it is called
   * @param token sent by {@link #get}; a secret
   * @param slow told when guests give up waiting for these calls, which go on
   */
  Calls(
      RemoteService service, BoundedHttp http, String token, Consumer<ServiceCallException> slow) {
    this.service = service;
    this.http = http;
    this.token = token;
    this.slow = slow;
    this.begun = System.nanoTime();
  }

  /**
   * Reads the JSON at a path.
   *
   * @param path with its query, escaped; begins with a slash
   * @throws ServiceCallException when the answer is not a success
   */
  public JsonNode get(String path) {
    HttpResponse<byte[]> answer = send(withToken(request(path)));
    int status = answer.statusCode();
    if (status / 100 == 2) {
      return read(answer);
    }
    if (status == UNAUTHORIZED) {
      throw service.failure(
          Kind.TOKEN_REFUSED,
          "refuses the token (401)",
          service.options().authUrl.fullName().toString(),
          null);
    }
    if (status == UNAVAILABLE) {
      throw service.answered(Kind.BUSY, "answers 503");
    }
    throw service.answered(status / 100 == 4 ? Kind.REFUSED : Kind.BROKEN, "answers " + status);
  }

  /** Adds the token; java.net.http would quote one that it refuses. */
  private HttpRequest.Builder withToken(HttpRequest.Builder request) {
    try {
      return request.header("X-Auth-Token", token);
    } catch (IllegalArgumentException e) {
      throw service.failure(
          Kind.BROKEN,
          "cannot be shown the token, which has a character that no header may have",
          service.options().token.fullName().toString(),
          null);
    }
  }

  /** Begins a request for a path. */
  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(service.address() + path))
        .header("Accept", "application/json");
  }

  /**
   * Sends a request.
   *
   * @return the answer, whatever its status
   * @throws ServiceCallException when there is none
   */
  HttpResponse<byte[]> send(HttpRequest.Builder request) {
    BoundedHttp.Limits limits =
        new BoundedHttp.Limits(
            begun + service.times().guest().toNanos(),
            begun + service.times().question().toNanos(),
            bytesLeft);
    try {
      HttpResponse<byte[]> answer =
          http.send(request.build(), limits, () -> slow.accept(service.slow()));
      bytesLeft -= answer.body().length;
      return answer;
    } catch (IOException e) {
      throw service.failed(e);
    }
  }

  /**
   * Reads an answer's body.
   *
   * @throws ServiceCallException when it is not JSON
   */
  JsonNode read(HttpResponse<byte[]> answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw service.failed(e);
    }
  }
}
