// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.http;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Tells a balancer whether to send guests here: oslo.middleware's healthcheck with its {@code
 * disable_by_file} backend ({@code oslo_middleware/healthcheck}), to the byte; and, in the same
 * form, that this node is about to end.
 */
public final class Healthcheck {
  private static final String PATH = "/healthcheck";
  private static final String TEXT = "text/plain";
  private static final String HTML = "text/html";
  private static final String JSON = "application/json";
  private static final String CHARSET = "; charset=UTF-8";

  private final Optional<Path> disablingFile;
  private final DrainState drain;

  /**
   * Watches for a file and for the end.
   *
   * @param disablingFile the file whose presence takes this node out of service; empty for none
   * @param drain whether this node is about to end; told when a balancer asks
   */
  public Healthcheck(Optional<Path> disablingFile, DrainState drain) {
    this.disablingFile = disablingFile;
    this.drain = drain;
  }

  boolean isAt(String path) {
    return path.endsWith(PATH)
        && path.chars().limit(path.length() - PATH.length()).allMatch(c -> c == '/');
  }

  void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
    drain.asked();
    Optional<String> ailment = ailment();
    boolean healthy = ailment.isEmpty();
    if ("HEAD".equals(request.getMethod())) {
      answerHead(healthy, response);
      return;
    }
    String reason = ailment.orElse("OK");
    String type =
        AcceptHeader.choose(
                Optional.ofNullable(request.getHeader("Accept")), List.of(TEXT, HTML, JSON))
            .orElse(TEXT);
    byte[] body = body(type, reason).getBytes(StandardCharsets.UTF_8);
    response.setStatus(
        healthy ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    response.setContentType(type.equals(JSON) ? JSON : type + CHARSET);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  private Optional<String> ailment() {
    if (drain.isDraining()) {
      return Optional.of("DRAINING");
    }
    return disablingFile.filter(Files::exists).map(file -> "DISABLED BY FILE");
  }

  private static void answerHead(boolean healthy, HttpServletResponse response) {
    response.setContentType(TEXT + CHARSET);
    if (healthy) {
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
      return;
    }
    response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    response.setContentLength(0);
  }

  private static String body(String type, String reason) {
    return switch (type) {
      case HTML -> html(reason);
      case JSON -> json(reason);
      default -> reason;
    };
  }

  private static String json(String reason) {
    String quoted = new String(JsonStringEncoder.getInstance().quoteAsString(reason));
    return "{\n    \"detailed\": false,\n    \"reasons\": [\n        \"" + quoted + "\"\n    ]\n}";
  }

  private static String html(String reason) {
    return """
        <HTML>
        <HEAD><TITLE>Healthcheck Status</TITLE></HEAD>
        <BODY>

        <H2>Result of 1 checks:</H2>
        <TABLE bgcolor="#ffffff" border="1">
        <TBODY>
        <TR>

        <TH>
        Reason
        </TH>
        </TR>
        <TR>

            <TD>%s</TD>

        </TR>
        </TBODY>
        </TABLE>
        <HR></HR>

        </BODY>
        </HTML>"""
        .formatted(reason);
  }
}
