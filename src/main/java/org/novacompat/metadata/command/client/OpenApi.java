// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
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
import org.novacompat.metadata.signature.AccessKey;
import org.novacompat.metadata.signature.EopSignature;
import org.novacompat.metadata.signature.SignedQuery;

/** The eSurfing OpenAPI's metadata calls at one endpoint, signed with one access key. */
final class OpenApi {
  private static final String PATH = "/v4/ecs/metadata/";
  private static final int SUCCESS = 800;
  private static final Duration CONNECTING = Duration.ofSeconds(10);
  private static final Duration ANSWERING = Duration.ofSeconds(60);
  private static final String REQUEST_ID = "ctyun-eop-request-id";
  private static final String DATE = "eop-date";
  private static final byte[] NO_BODY = {};

  /** In Beijing time, for all that it ends in Z. */
  private static final DateTimeFormatter DATE_FORMAT =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.ofHours(8));

  private final URI base;
  private final AccessKey key;
  private final HttpClient http;

  OpenApi(URI base, AccessKey key, SSLContext tls) {
    this.base = base;
    this.key = key;
    this.http = HttpClient.newBuilder().sslContext(tls).connectTimeout(CONNECTING).build();
  }

  /**
   * Asks.
   *
   * @param call the call's name, the last part of its path
   * @param parameters the query's
   * @return what the call returned
   * @throws ClientException when it was not done, with the reason that the server gave
   */
  JsonNode get(String call, SortedMap<String, String> parameters) throws ClientException {
    String query = SignedQuery.of(parameters);
    URI uri = URI.create(base + PATH + call + "?" + query);
    return returned(send(HttpRequest.newBuilder(uri).GET(), query, NO_BODY));
  }

  /**
   * Changes.
   *
   * @param call the call's name, the last part of its path
   * @param parameters the body
   * @return what the call returned
   * @throws ClientException when it was not done, with the reason that the server gave
   */
  JsonNode post(String call, JsonNode parameters) throws ClientException {
    byte[] body = Json.bytes(parameters);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + PATH + call))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body));
    return returned(send(request, "", body));
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request, String query, byte[] body)
      throws ClientException {
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
      return http.send(request.timeout(ANSWERING).build(), BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClientException("interrupted");
    } catch (ConnectException e) {
      throw new ClientException(base + " cannot be reached");
    } catch (SSLException e) {
      throw new ClientException(
          base + " is not believed: " + e.getMessage() + " (see --cacert and --insecure)");
    } catch (IOException e) {
      throw new ClientException(base + " does not answer: " + e.getMessage());
    }
  }

  private JsonNode returned(HttpResponse<byte[]> response) throws ClientException {
    JsonNode answer = answer(response);
    if (answer.path("statusCode").asInt() == SUCCESS && answer.has("returnObj")) {
      return answer.get("returnObj");
    }
    throw new ClientException(printable(answer, "errorCode") + ": " + printable(answer, "message"));
  }

  /** What a server says must not steer the terminal that it is shown on. */
  private static String printable(JsonNode answer, String name) {
    return answer.path(name).asText().replaceAll("\\p{Cntrl}", "?");
  }

  private JsonNode answer(HttpResponse<byte[]> response) throws ClientException {
    try {
      JsonNode answer = Json.read(new String(response.body(), StandardCharsets.UTF_8));
      if (answer.path("statusCode").isInt()) {
        return answer;
      }
    } catch (JsonProcessingException | NumberFormatException e) {
      throw noAnswer(response);
    }
    throw noAnswer(response);
  }

  private ClientException noAnswer(HttpResponse<byte[]> response) {
    return new ClientException(
        base + " gave no answer of the OpenAPI, but HTTP status " + response.statusCode());
  }
}
