// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.keystone;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.novacompat.metadata.config.ServiceOptions;
import org.novacompat.metadata.keystone.CallFailure.Kind;

/** Issues tokens: by asking Keystone, or as nova.conf holds them. */
final class Keystone {
  private static final Duration FOR_EVER = Duration.ofDays(36_500);
  private static final int UNAUTHORIZED = 401;
  private static final int NOT_FOUND = 404;
  private static final int BAD_REQUEST = 400;
  private static final int UNAVAILABLE = 503;

  private final Login login;
  private final ServiceOptions options;
  private final Connecting connecting;

  Keystone(Login login, ServiceOptions options, Connecting connecting) {
    this.login = login;
    this.options = options;
    this.connecting = connecting;
  }

  /** Tells whether another token may be had when one is refused. */
  boolean renews() {
    return login instanceof Login.Request;
  }

  /**
   * Issues a token.
   *
   * @throws CallFailure when there is none to be had now
   */
  Token issue() {
    if (login instanceof Login.Request request) {
      return issue(request);
    }
    if (login instanceof Login.Fixed fixed) {
      return new Token(fixed.token(), System.nanoTime(), FOR_EVER, new ServiceCatalog(List.of()));
    }
    throw new CallFailure(((Login.Impossible) login).why());
  }

  private Token issue(Login.Request request) {
    Peer peer =
        new Peer("Keystone", request.keystone(), options.authUrl.fullName().toString(), connecting);
    Calls calls = new Calls(peer, "");
    try {
      HttpResponse<byte[]> answer =
          calls.send(
              calls
                  .request("/auth/tokens")
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofString(request.body().toString())));
      long since = System.nanoTime();
      IssuedToken.Properties issued = calls.read(answer, IssuedToken.class).token();
      String id =
          answer
              .headers()
              .firstValue("X-Subject-Token")
              .orElseThrow(() -> new IllegalArgumentException("no X-Subject-Token"));
      return new Token(id, since, issued.lifetime(), issued.serviceCatalog());
    } catch (CallFailure e) {
      throw e;
    } catch (ErrorStatus e) {
      throw refused(peer, e);
    } catch (RuntimeException e) {
      throw peer.failed(e);
    }
  }

  private CallFailure refused(Peer peer, ErrorStatus e) {
    int status = e.status();
    return switch (status) {
      case UNAUTHORIZED -> peer.answered(Kind.BROKEN, "refuses the login (401)", proofOptions(), e);
      case BAD_REQUEST ->
          peer.answered(
              Kind.BROKEN,
              "cannot use the login (400)",
              options.userDomainName.fullName() + " and " + options.projectDomainName.fullName(),
              e);
      case NOT_FOUND -> peer.answered(Kind.BROKEN, "is not Keystone (404)", peer.options(), e);
      case UNAVAILABLE -> peer.answered(Kind.BUSY, "is unavailable (503)", peer.options(), e);
      default -> peer.answered(Kind.BROKEN, "answers " + status, peer.options(), e);
    };
  }

  /** The options that prove who asks, as the method of the login has them. */
  private String proofOptions() {
    String method = ((Login.Request) login).body().at("/auth/identity/methods/0").asText();
    String names =
        switch (method) {
          case "password" -> "username, password, user_domain_name and project_name";
          case "token" -> "token";
          default -> "application_credential_id and application_credential_secret";
        };
    return "[" + options.authUrl.group() + "] " + names;
  }
}
