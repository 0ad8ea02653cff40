// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.http;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A refusal, written as WebOb writes its exceptions ({@code webob/exc.py: WSGIHTTPException}):
 * HTML, JSON or plain text, by what the guest accepts.
 *
 * @param status the HTTP status
 * @param title the status's phrase
 * @param explanation one sentence for the guest; may quote what it sent
 */
record GuestError(int status, String title, String explanation) {
  static final GuestError NOT_FOUND =
      new GuestError(404, "Not Found", "The resource could not be found.");
  static final GuestError CONFLICT =
      new GuestError(409, "Conflict", "There was a conflict when trying to complete your request.");
  static final GuestError UNKNOWN =
      new GuestError(
          500,
          "Internal Server Error",
          "An unknown error has occurred. Please try your request again.");
  static final GuestError UNAVAILABLE =
      new GuestError(
          503,
          "Service Unavailable",
          "The server is currently unavailable. Please try again at a later time.");

  private static final String HTML = "text/html";
  private static final String JSON = "application/json";

  /**
   * An answer's bytes and what they are.
   *
   * @param contentType the media type with its charset, where it has one
   * @param bytes the body
   */
  record Rendered(String contentType, byte[] bytes) {}

  static GuestError badRequest(String explanation) {
    return new GuestError(400, "Bad Request", explanation);
  }

  static GuestError of(int status, String explanation) {
    return switch (status) {
      case 400 -> badRequest(explanation);
      case 403 -> new GuestError(403, "Forbidden", explanation);
      case 500 -> new GuestError(500, "Internal Server Error", explanation);
      default -> throw new IllegalArgumentException("no title for status " + status);
    };
  }

  /**
   * Writes the error for one guest.
   *
   * @param accept the request's {@code Accept} header
   * @return the body and its type
   */
  Rendered render(Optional<String> accept) {
    String type = AcceptHeader.choose(accept, List.of(HTML, JSON)).orElse("text/plain");
    return switch (type) {
      case HTML -> new Rendered("text/html; charset=UTF-8", utf8(html()));
      case JSON -> new Rendered(JSON, utf8(json()));
      default -> new Rendered("text/plain; charset=UTF-8", utf8(plain()));
    };
  }

  private String statusLine() {
    return status + " " + title;
  }

  private String html() {
    String line = statusLine();
    return "<html>\n <head>\n  <title>"
        + line
        + "</title>\n </head>\n <body>\n  <h1>"
        + line
        + "</h1>\n  "
        + body(escape(explanation))
        + "\n </body>\n</html>";
  }

  private String json() {
    return "{\"message\": \""
        + new String(JsonStringEncoder.getInstance().quoteAsString(body(explanation)))
        + "\", \"code\": \""
        + statusLine()
        + "\", \"title\": \""
        + title
        + "\"}";
  }

  private String plain() {
    String text =
        body(explanation)
            .replace('\n', ' ')
            .replace("\r", "")
            .replaceAll("(?i)<br[^>]*>", "\n")
            .replaceAll("<!--|-->", "")
            .replaceAll("<[^>]*>", "");
    return statusLine() + "\n\n" + text;
  }

  private static String body(String explanation) {
    return explanation + "<br /><br />\n\n\n";
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#x27;");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
