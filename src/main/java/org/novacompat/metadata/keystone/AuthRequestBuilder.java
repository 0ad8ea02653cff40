// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.keystone;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.novacompat.metadata.config.NovaConf;
import org.novacompat.metadata.config.ServiceOptions;
import org.novacompat.metadata.config.oslo.Option;

/**
 * Builds the request for a token from the options that keystoneauth's plugins read ({@code
 * keystoneauth1/identity/v3/}: {@code base.py}, {@code password.py}, {@code token.py}, {@code
 * application_credential.py}).
 */
final class AuthRequestBuilder {
  /** What keystoneauth sends where no token is wanted. */
  private static final String NO_TOKEN = "notused";

  private static final String PASSWORD = "password";

  private final NovaConf conf;
  private final ServiceOptions options;

  AuthRequestBuilder(NovaConf conf, ServiceOptions options) {
    this.conf = conf;
    this.options = options;
  }

  AuthMethod method() {
    if (followsToNothing()) {
      return new AuthMethod.Misconfigured(
          notSet(List.of(options.authType))
              + ", and "
              + options.authSection.fullName()
              + " looks there");
    }
    String type = type();
    return switch (type) {
      case "password", "v3password" ->
          request(PASSWORD, password(), List.of(options.username, options.userId));
      case "token", "v3token" -> request("token", token(), List.of(options.token));
      case "v3applicationcredential" ->
          request(
              "application_credential",
              applicationCredential(),
              List.of(options.applicationCredentialId, options.applicationCredentialName));
      case "admin_token" ->
          conf.get(options.token)
              .<AuthMethod>map(AuthMethod.FixedToken::new)
              .orElseGet(() -> new AuthMethod.Misconfigured(notSet(List.of(options.token))));
      case "none", "noauth" -> new AuthMethod.FixedToken(NO_TOKEN);
      default ->
          new AuthMethod.Misconfigured(
              "%s: %s is not supported; these are: %s"
                  .formatted(
                      options.authType.fullName(),
                      type,
                      String.join(", ", ServiceOptions.AUTH_TYPES)));
    };
  }

  private boolean followsToNothing() {
    return !options.authType.group().equals(options.authSection.group())
        && conf.get(options.authType).isEmpty()
        && conf.get(options.authUrl).isEmpty();
  }

  /** The type, or what the other options suggest: nova would refuse to ask without one. */
  private String type() {
    return conf.get(options.authType)
        .orElseGet(() -> conf.get(options.authUrl).isPresent() ? PASSWORD : "none");
  }

  private AuthMethod request(
      String method, ObjectNode proof, List<Option<Optional<String>>> anyOf) {
    if (anyOf.stream().noneMatch(option -> conf.get(option).isPresent())) {
      return new AuthMethod.Misconfigured(notSet(anyOf));
    }
    List<String> scopes = scopes();
    if (scopes.size() > 1) {
      return new AuthMethod.Misconfigured(
          "[%s] asks for a token of more than one of %s"
              .formatted(options.domainId.group(), String.join(", ", scopes)));
    }
    Optional<String> url = conf.get(options.authUrl);
    if (url.isEmpty()) {
      return new AuthMethod.Misconfigured(notSet(List.of(options.authUrl)));
    }
    ObjectNode body = object();
    ObjectNode auth = body.putObject("auth");
    ObjectNode identity = auth.putObject("identity");
    identity.putArray("methods").add(method);
    identity.set(method, proof);
    ObjectNode scope = scope();
    if (!scope.isEmpty()) {
      auth.set("scope", scope);
    }
    try {
      return new AuthMethod.Request(RemoteService.addressOf(version3(url.get())), body);
    } catch (IllegalArgumentException e) {
      return new AuthMethod.Misconfigured(options.authUrl.fullName() + " " + e.getMessage());
    }
  }

  private static String version3(String url) {
    String stripped = url.replaceFirst("/+$", "");
    return stripped.endsWith("v3") ? stripped : stripped + "/v3";
  }

  private static String notSet(List<Option<Optional<String>>> anyOf) {
    return String.join(" or ", anyOf.stream().map(option -> option.fullName().toString()).toList())
        + " is not set";
  }

  private ObjectNode password() {
    ObjectNode proof = object();
    ObjectNode user = proof.putObject("user");
    put(user, PASSWORD, options.password);
    putUser(user);
    return proof;
  }

  private ObjectNode token() {
    ObjectNode proof = object();
    put(proof, "id", options.token);
    return proof;
  }

  private ObjectNode applicationCredential() {
    ObjectNode proof = object();
    put(proof, "secret", options.applicationCredentialSecret);
    if (!put(proof, "id", options.applicationCredentialId)) {
      put(proof, "name", options.applicationCredentialName);
      putUser(proof.putObject("user"));
    }
    return proof;
  }

  private void putUser(ObjectNode user) {
    if (!put(user, "id", options.userId)) {
      put(user, "name", options.username);
      putDomain(user, options.userDomainId, options.userDomainName);
    }
  }

  private void putDomain(
      ObjectNode to, Option<Optional<String>> id, Option<Optional<String>> name) {
    ObjectNode domain = object();
    if (put(domain, "id", id)
        || put(domain, "id", options.defaultDomainId)
        || put(domain, "name", name)
        || put(domain, "name", options.defaultDomainName)) {
      to.set("domain", domain);
    }
  }

  /** Puts the value of an option, and tells whether it is set. */
  private boolean put(ObjectNode to, String name, Option<Optional<String>> option) {
    Optional<String> value = conf.get(option);
    value.ifPresent(text -> to.put(name, text));
    return value.isPresent();
  }

  /** The kinds of scope that are asked for; Keystone gives one. */
  private List<String> scopes() {
    return Stream.of(
            scope("domain_id or domain_name", options.domainId, options.domainName),
            scope("project_id or project_name", options.projectId, options.projectName),
            scope("trust_id", options.trustId, options.trustId))
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<String> scope(
      String names, Option<Optional<String>> id, Option<Optional<String>> name) {
    return conf.get(id).or(() -> conf.get(name)).map(any -> names);
  }

  /** The scope that is asked for; empty when there is none. */
  private ObjectNode scope() {
    ObjectNode scope = object();
    ObjectNode inner = object();
    if (put(inner, "id", options.domainId) || put(inner, "name", options.domainName)) {
      scope.set("domain", inner);
    } else if (put(inner, "id", options.projectId)) {
      scope.set("project", inner);
    } else if (put(inner, "name", options.projectName)) {
      putDomain(inner, options.projectDomainId, options.projectDomainName);
      scope.set("project", inner);
    } else if (put(inner, "id", options.trustId)) {
      scope.set("OS-TRUST:trust", inner);
    } else if (conf.get(options.systemScope).equals(Optional.of("all"))) {
      scope.putObject("system").put("all", true);
    }
    return scope;
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
