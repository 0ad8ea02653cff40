// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.openapi;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The admin endpoint: the OpenAPI document at {@code /openapi}, in YAML or JSON as MicroProfile
 * OpenAPI serves one, and pages that show it at {@code /openapi/ui/}. It has no mapping: the filter
 * that tells endpoints apart calls it.
 */
public final class DocumentServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private static final String DOCUMENT = "/openapi";
  private static final String YAML_DOCUMENT = "openapi.yaml";
  private static final String PAGES = "/openapi/ui/";
  private static final Pattern JSON_ACCEPTED =
      Pattern.compile("application/json\\s*(;\\s*q=(1|0?\\.\\d*[1-9]).*)?");
  private static final Pattern PAGE_NAME = Pattern.compile("[a-z0-9-]+\\.[a-z]+");
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=UTF-8",
          "js", "text/javascript; charset=UTF-8",
          "css", "text/css; charset=UTF-8",
          "png", "image/png");

  /** Made by the application. */
  public DocumentServlet() {}

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("X-Frame-Options", "DENY");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader(
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self'"
            + " data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none';"
            + " form-action 'none'");
    if (request.getDispatcherType() == DispatcherType.ERROR) {
      boolean notFound = response.getStatus() == HttpServletResponse.SC_NOT_FOUND;
      sendStatus(
          response,
          notFound ? HttpServletResponse.SC_NOT_FOUND : HttpServletResponse.SC_BAD_REQUEST);
    } else if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
      response.setHeader("Allow", "GET, HEAD");
      sendStatus(response, HttpServletResponse.SC_METHOD_NOT_ALLOWED);
    } else {
      show(request.getRequestURI(), request, response);
    }
  }

  private static void show(String path, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (path.equals(DOCUMENT)) {
      if (wantsJson(request)) {
        send(response, "application/json", json(read(YAML_DOCUMENT).orElseThrow()));
      } else {
        send(response, "application/yaml; charset=UTF-8", read(YAML_DOCUMENT).orElseThrow());
      }
    } else if (path.equals("/") || PAGES.equals(path + "/")) {
      response.setStatus(HttpServletResponse.SC_FOUND);
      response.setHeader("Location", PAGES);
      response.setContentLength(0);
    } else if (path.startsWith(PAGES)) {
      showPage(path.substring(PAGES.length()), response);
    } else {
      sendStatus(response, HttpServletResponse.SC_NOT_FOUND);
    }
  }

  private static boolean wantsJson(HttpServletRequest request) {
    String format = request.getParameter("format");
    if (format != null) {
      return format.equalsIgnoreCase("json");
    }
    String accept = Optional.ofNullable(request.getHeader("Accept")).orElse("");
    return Pattern.compile(",")
        .splitAsStream(accept.toLowerCase(Locale.ROOT))
        .map(String::strip)
        .map(JSON_ACCEPTED::matcher)
        .anyMatch(Matcher::matches);
  }

  private static void showPage(String name, HttpServletResponse response) throws IOException {
    String file = name.isEmpty() ? "index.html" : name;
    String type = TYPES.get(file.substring(file.lastIndexOf('.') + 1));
    Optional<byte[]> page =
        type != null && PAGE_NAME.matcher(file).matches() ? page(file) : Optional.empty();
    if (page.isPresent()) {
      send(response, type, page.get());
    } else {
      sendStatus(response, HttpServletResponse.SC_NOT_FOUND);
    }
  }

  private static Optional<byte[]> page(String file) throws IOException {
    Optional<byte[]> own = read("ui/" + file);
    return own.isPresent() ? own : read("/META-INF/resources/openapi-ui/" + file);
  }

  private static Optional<byte[]> read(String resource) throws IOException {
    try (InputStream content = DocumentServlet.class.getResourceAsStream(resource)) {
      return content == null ? Optional.empty() : Optional.of(content.readAllBytes());
    }
  }

  private static byte[] json(byte[] yaml) throws IOException {
    return new JsonMapper().writeValueAsBytes(new YAMLMapper().readTree(yaml));
  }

  private static void send(HttpServletResponse response, String type, byte[] content)
      throws IOException {
    response.setContentType(type);
    response.setHeader("Cache-Control", "no-cache");
    response.setContentLength(content.length);
    response.getOutputStream().write(content);
  }

  private static void sendStatus(HttpServletResponse response, int status) throws IOException {
    byte[] text = (status + "\n").getBytes(StandardCharsets.US_ASCII);
    response.resetBuffer();
    response.setStatus(status);
    response.setContentType("text/plain; charset=UTF-8");
    response.setContentLength(text.length);
    response.getOutputStream().write(text);
  }
}
