// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The expected bodies were recorded from nova 26. */
class GuestErrorTest {
  private static final GuestError MISSING =
      GuestError.badRequest("X-Instance-ID header is missing from request.");

  @Test
  void isPlainTextForAGuestThatAcceptsNothingInParticular() {
    GuestError.Rendered answer = MISSING.render(Optional.empty());
    assertEquals("text/plain; charset=UTF-8", answer.contentType());
    assertEquals(
        "400 Bad Request\n\nX-Instance-ID header is missing from request.\n\n   ", text(answer));
  }

  @Test
  void isHtmlForAGuestThatAcceptsAnything() {
    GuestError.Rendered answer = MISSING.render(Optional.of("*/*"));
    assertEquals("text/html; charset=UTF-8", answer.contentType());
    assertEquals(
        "<html>\n <head>\n  <title>400 Bad Request</title>\n </head>\n <body>\n"
            + "  <h1>400 Bad Request</h1>\n"
            + "  X-Instance-ID header is missing from request.<br /><br />\n\n\n\n </body>\n</html>",
        text(answer));
  }

  @Test
  void isJsonForAGuestThatAcceptsJson() {
    GuestError.Rendered answer = GuestError.NOT_FOUND.render(Optional.of("application/json"));
    assertEquals("application/json", answer.contentType());
    assertEquals(
        "{\"message\": \"The resource could not be found.<br /><br />\\n\\n\\n\","
            + " \"code\": \"404 Not Found\", \"title\": \"Not Found\"}",
        text(answer));
  }

  @Test
  void doesNotLetAGuestWriteMarkup() {
    GuestError error = GuestError.badRequest("no <b>\"provider\"</b> & it's");
    assertEquals(
        true,
        text(error.render(Optional.of("text/html")))
            .contains("no &lt;b&gt;&quot;provider&quot;&lt;/b&gt; &amp; it&#x27;s<br />"));
    assertEquals(
        "400 Bad Request\n\nno \"provider\" & it's\n\n   ", text(error.render(Optional.empty())));
  }

  private static String text(GuestError.Rendered answer) {
    return new String(answer.bytes(), StandardCharsets.UTF_8);
  }
}
