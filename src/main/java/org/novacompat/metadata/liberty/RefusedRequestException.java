// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.liberty;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Refuses a request that is not HTTP/1.1 or exceeds a limit, with the answer that it gets. */
final class RefusedRequestException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String status;

  /**
   * A request that breaks RFC 9112 or a limit: status 400.
   *
   * @param reason a sentence for the sender
   */
  RefusedRequestException(String reason) {
    this("400 Bad Request", reason);
  }

  private RefusedRequestException(String status, String reason) {
    super(reason);
    this.status = status;
  }

  /** A request that did not arrive in time: status 408. */
  static RefusedRequestException late() {
    return new RefusedRequestException("408 Request Timeout", "The request took too long.");
  }

  /** A body for which there is no memory: status 503. */
  static RefusedRequestException busy() {
    return new RefusedRequestException("503 Service Unavailable", "Too much is on its way.");
  }

  /** The whole answer, in the form of every other refusal; the connection ends with it. */
  byte[] answer() {
    return (headText() + body()).getBytes(StandardCharsets.US_ASCII);
  }

  /** The answer to HEAD. */
  byte[] head() {
    return headText().getBytes(StandardCharsets.US_ASCII);
  }

  private String headText() {
    return String.join(
        "\r\n",
        "HTTP/1.1 " + status,
        "Content-Type: text/plain; charset=UTF-8",
        "Content-Length: " + body().length(),
        "Connection: close",
        "",
        "");
  }

  /** As WebOb writes it in plain text. */
  private String body() {
    return status + "\n\n" + getMessage() + "\n\n   ";
  }
}
