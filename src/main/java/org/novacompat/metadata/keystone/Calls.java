// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.keystone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
  private final String token;
  private final BoundedHttp http;
  private final long begun;
  private long bytesLeft = MAX_BYTES;

  /**
   * Begins.
   *
   * @param service the server
   * @param token sent by {@link #get}; a secret
   * @throws ServiceCallException when a file for TLS is unusable
   */
  Calls(RemoteService service, String token) {
    this.service = service;
    this.token = token;
    this.http = service.settings().http();
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
          service.settings().options().authUrl.fullName().toString(),
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
          service.settings().options().token.fullName().toString(),
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
    WaitTimes times = service.settings().times();
    BoundedHttp.Limits limits =
        new BoundedHttp.Limits(
            begun + times.guest().toNanos(), begun + times.question().toNanos(), bytesLeft);
    try {
      HttpResponse<byte[]> answer =
          http.send(request.build(), limits, () -> service.settings().tellSlow(service));
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
