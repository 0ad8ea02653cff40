// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.http;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.novacompat.metadata.tree.ContentType;

/**
 * A refusal, written as WebOb writes its exceptions ({@code webob/exc.py: WSGIHTTPException}):
 * HTML, JSON or plain text, by what the guest accepts.
 *
 * @param status the HTTP status
 * @param title the status's phrase
 * @param explanation one sentence for the guest; may quote what it sent
 */
record GuestError(int status, String title, String explanation) {
  static final GuestError INVALID_SIGNATURE =
      new GuestError(403, "Forbidden", "Invalid proxy request signature.");
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

  /**
   * Sends it. OPTIONS is answered 200, as by nova's CORS filter ({@code oslo_middleware/cors.py:
   * _apply_cors_preflight_headers}), but with a type, without which neutron's agents since 2025.1
   * drop the connection; HEAD is answered with the same type whatever the guest accepts, as by
   * WebOb.
   */
  void send(HttpServletRequest request, HttpServletResponse response) throws IOException {
    if (request.getMethod().equals("OPTIONS")
        && status < HttpServletResponse.SC_INTERNAL_SERVER_ERROR) {
      response.setContentType(ContentType.TEXT.header());
      response.setContentLength(0);
      return;
    }
    if (request.getMethod().equals("HEAD")) {
      response.setStatus(status);
      response.setContentType(ContentType.HTML.header());
      response.setContentLength(0);
      return;
    }
    Rendered rendered = render(Optional.ofNullable(request.getHeader("Accept")));
    response.setStatus(status);
    response.setContentType(rendered.contentType());
    response.setContentLength(rendered.bytes().length);
    response.getOutputStream().write(rendered.bytes());
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
