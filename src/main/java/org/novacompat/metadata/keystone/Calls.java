// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.keystone;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.novacompat.metadata.keystone.CallFailure.Kind;

/**
 * The calls that one question to a server takes. They share a time, a number of bytes and, where
 * there is one, a token. Used by one thread.
 */
public final class Calls {
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
  private static final long MAX_BYTES = 8 << 20;

  private final Peer peer;
  private final String token;
  private final BoundedHttp http;
  private final long begun;
  private long bytesLeft = MAX_BYTES;

  /**
   * Begins.
   *
   * @param peer who is asked
   * @param token shown at {@link #get}; a secret
   * @throws CallFailure when a file for TLS is unusable
   */
  Calls(Peer peer, String token) {
    this.peer = peer;
    this.token = token;
    this.http = peer.connecting().http();
    this.begun = System.nanoTime();
  }

  /**
   * Reads what is at a path.
   *
   * @param path with its query, escaped; begins with a slash
   * @param type the record that the answer's JSON is read into, whatever else the JSON holds
   */
  public <T extends Record> T get(String path, Class<T> type) {
    return read(send(withToken(request(path))), type);
  }

  /** Shows the token; java.net.http would quote one that it refuses. */
  private HttpRequest.Builder withToken(HttpRequest.Builder request) {
    try {
      return request.header("X-Auth-Token", token);
    } catch (IllegalArgumentException e) {
      throw peer.answered(
          Kind.BROKEN,
          "cannot be shown the token, which has a character that no header may have",
          peer.connecting().tokenName(),
          null);
    }
  }

  /** Begins a request for a path. */
  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(peer.address() + path))
        .header("Accept", "application/json");
  }

  /**
   * Sends a request.
   *
   * @return an answer of success
   * @throws ErrorStatus when the answer is another
   * @throws CallFailure when there is none
   */
  HttpResponse<byte[]> send(HttpRequest.Builder request) {
    Connecting connecting = peer.connecting();
    BoundedHttp.Limits limits =
        new BoundedHttp.Limits(
            begun + connecting.patience().toNanos(),
            begun + connecting.timeout().toNanos(),
            bytesLeft);
    try {
      HttpResponse<byte[]> answer =
          http.send(request.build(), limits, () -> connecting.tellSlow(peer));
      bytesLeft -= answer.body().length;
      if (answer.statusCode() / 100 != 2) {
        throw new ErrorStatus(answer.statusCode());
      }
      return answer;
    } catch (IOException e) {
      throw peer.failed(e);
    }
  }

  /**
   * Reads an answer's body.
   *
   * @throws CallFailure when it is not what it should be
   */
  <T extends Record> T read(HttpResponse<byte[]> answer, Class<T> type) {
    try {
      T read = JSON.readValue(answer.body(), type);
      if (read == null) {
        throw new IOException("null in place of an object");
      }
      return read;
    } catch (IOException e) {
      throw peer.failed(e);
    }
  }
}
