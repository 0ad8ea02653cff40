// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.openapi;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A call as it reaches {@link CustomMetadataCalls}, put together by a test.
 *
 * @param method the HTTP method
 * @param path the path
 * @param query the query, encoded
 * @param contentType the type of the body
 * @param content the body
 */
record PlainCall(
    String method, String path, String query, Optional<String> contentType, String content)
    implements ReceivedCall {
  static PlainCall post(String path, String json) {
    return new PlainCall("POST", path, "", Optional.of("application/json"), json);
  }

  static PlainCall get(String path, String query) {
    return new PlainCall("GET", path, query, Optional.empty(), "");
  }

  PlainCall withMethod(String other) {
    return new PlainCall(other, path, query, contentType, content);
  }

  PlainCall withQuery(String other) {
    return new PlainCall(method, path, other, contentType, content);
  }

  PlainCall withContentType(Optional<String> other) {
    return new PlainCall(method, path, query, other, content);
  }

  @Override
  public List<String> headers(String name) {
    return name.equals("Content-Type") ? contentType.stream().toList() : List.of();
  }

  @Override
  public String address() {
    return "192.0.2.1";
  }

  @Override
  public byte[] body() {
    return content.getBytes(StandardCharsets.UTF_8);
  }
}
