// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.novacompat.metadata.command.CommandException;
import org.novacompat.metadata.signature.AccessKey;
import org.novacompat.metadata.signature.EopSignature;
import org.novacompat.metadata.signature.SignedQuery;

/** The eSurfing OpenAPI's metadata calls at one endpoint, signed with one access key. */
final class MetadataApi {
  private static final String PATH = "/v4/ecs/metadata/";
  private static final int SUCCESS = 800;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);
  private static final String REQUEST_ID = "ctyun-eop-request-id";
  private static final String DATE = "eop-date";
  private static final byte[] NO_BODY = {};

  /** Beijing time, although it ends in Z. */
  private static final DateTimeFormatter DATE_FORMAT =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.ofHours(8));

  private final URI base;
  private final AccessKey key;
  private final HttpClient http;

  MetadataApi(URI base, AccessKey key, SSLContext tls) {
    this.base = base;
    this.key = key;
    this.http = HttpClient.newBuilder().sslContext(tls).connectTimeout(CONNECT_TIMEOUT).build();
  }

  /**
   * Makes a call that changes nothing.
   *
   * @param call the call's name, the last part of its path
   * @return what the call returned
   * @throws CommandException when it fails, with the reason that the server gives
   */
  JsonNode get(String call, SortedMap<String, String> parameters) {
    String query = SignedQuery.of(parameters);
    URI uri = URI.create(base + PATH + call + "?" + query);
    return returned(send(HttpRequest.newBuilder(uri).GET(), query, NO_BODY));
  }

  /**
   * Makes a call that changes something.
   *
   * @param call the call's name, the last part of its path
   * @return what the call returned
   * @throws CommandException when it fails, with the reason that the server gives
   */
  JsonNode post(String call, JsonNode parameters) {
    byte[] body = parameters.toString().getBytes(StandardCharsets.UTF_8);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + PATH + call))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body));
    return returned(send(request, "", body));
  }

  private HttpResponse<String> send(HttpRequest.Builder request, String query, byte[] body) {
    SortedMap<String, String> headers = new TreeMap<>();
    headers.put(REQUEST_ID, UUID.randomUUID().toString());
    headers.put(DATE, DATE_FORMAT.format(Instant.now()));
    headers.forEach(request::header);
    String signature = EopSignature.sign(key, headers.get(DATE), headers, query, body);
    request.header(
        "Eop-Authorization",
        "%s Headers=%s Signature=%s"
            .formatted(key.id(), String.join(";", headers.keySet()), signature));
    try {
      return http.send(
          request.timeout(ANSWER_TIMEOUT).build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("interrupted", e);
    } catch (ConnectException e) {
      throw new CommandException(base + " cannot be reached", e);
    } catch (SSLException e) {
      throw new CommandException(
          base + " is not trusted: " + e.getMessage() + " (see --cacert and --insecure)", e);
    } catch (IOException e) {
      throw new CommandException(base + " does not answer: " + e.getMessage(), e);
    }
  }

  private JsonNode returned(HttpResponse<String> response) {
    JsonNode answer = parsed(response.body());
    if (!answer.path("statusCode").isInt()) {
      throw new CommandException(
          base + " gave no answer of the OpenAPI, but HTTP status " + response.statusCode());
    }
    if (answer.path("statusCode").asInt() == SUCCESS && answer.has("returnObj")) {
      return answer.get("returnObj");
    }
    throw new CommandException(
        printable(answer, "errorCode") + ": " + printable(answer, "message"));
  }

  private static JsonNode parsed(String body) {
    try {
      return Json.read(body);
    } catch (JsonProcessingException | NumberFormatException e) {
      return MissingNode.getInstance();
    }
  }

  /** What a server says must not steer the terminal that it is shown on. */
  private static String printable(JsonNode answer, String name) {
    return answer.path(name).asText().replaceAll("\\p{Cntrl}", "?");
  }
}
