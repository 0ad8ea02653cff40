// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.keystone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.novacompat.metadata.config.ServiceOptions;
import org.novacompat.metadata.keystone.ServiceCallException.Kind;

/**
 * Issues tokens: by asking Keystone, or as nova.conf holds them.
 *
 * @param method how a token is obtained
 * @param settings how Keystone is called
 */
record Keystone(AuthMethod method, HttpSettings settings) {
  private static final Duration FOR_EVER = Duration.ofDays(36_500);

  /** Tells whether Keystone may issue another token when a service refuses one. */
  boolean renews() {
    return method instanceof AuthMethod.Request;
  }

  /**
   * Issues a token.
   *
   * @throws ServiceCallException when there is none
   */
  Token issue() {
    if (method instanceof AuthMethod.Request request) {
      return issue(request);
    }
    if (method instanceof AuthMethod.FixedToken fixed) {
      ServiceCatalog empty = new ServiceCatalog(JsonNodeFactory.instance.arrayNode());
      return new Token(fixed.token(), System.nanoTime(), FOR_EVER, empty);
    }
    throw new ServiceCallException(((AuthMethod.Misconfigured) method).why());
  }

  private Token issue(AuthMethod.Request request) {
    RemoteService keystone =
        new RemoteService(
            "Keystone", request.keystone(), options().authUrl.fullName().toString(), settings);
    Calls calls = new Calls(keystone, "");
    HttpResponse<byte[]> answer =
        calls.send(
            calls
                .request("/auth/tokens")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(request.body().toString())));
    if (answer.statusCode() / 100 != 2) {
      throw refused(keystone, request, answer.statusCode());
    }
    try {
      return token(answer, calls.read(answer).path("token"));
    } catch (RuntimeException e) {
      throw e instanceof ServiceCallException failure ? failure : keystone.failed(e);
    }
  }

  /** For how long it is valid from now: this host's clock need not agree with Keystone's. */
  private static Token token(HttpResponse<byte[]> answer, JsonNode token) {
    String id =
        answer
            .headers()
            .firstValue("X-Subject-Token")
            .orElseThrow(() -> new IllegalArgumentException("no X-Subject-Token"));
    Instant issued =
        token.hasNonNull("issued_at")
            ? Instant.parse(token.get("issued_at").asText())
            : Instant.now();
    Instant expires = Instant.parse(token.path("expires_at").asText());
    return new Token(
        id,
        System.nanoTime(),
        Duration.between(issued, expires),
        new ServiceCatalog(token.path("catalog")));
  }

  private ServiceCallException refused(
      RemoteService keystone, AuthMethod.Request request, int status) {
    return switch (status) {
      case 400 ->
          keystone.failure(
              Kind.BROKEN,
              "cannot use the login (400)",
              options().userDomainName.fullName()
                  + " and "
                  + options().projectDomainName.fullName(),
              null);
      case 401 ->
          keystone.failure(Kind.BROKEN, "refuses the login (401)", proofOptions(request), null);
      case 404 -> keystone.answered(Kind.BROKEN, "is not Keystone (404)");
      case 503 -> keystone.answered(Kind.BUSY, "is unavailable (503)");
      default -> keystone.answered(Kind.BROKEN, "answers " + status);
    };
  }

  /** The options that prove who asks, by the method of the request. */
  private String proofOptions(AuthMethod.Request request) {
    String names =
        switch (request.body().at("/auth/identity/methods/0").asText()) {
          case "password" -> "username, password, user_domain_name and project_name";
          case "token" -> "token";
          default -> "application_credential_id and application_credential_secret";
        };
    return "[" + options().authUrl.group() + "] " + names;
  }

  private ServiceOptions options() {
    return settings.options();
  }
}
