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
 * Fills in what Keystone is sent, from the options that keystoneauth's plugins read ({@code
 * keystoneauth1/identity/v3/}: {@code base.py}, {@code password.py}, {@code token.py}, {@code
 * application_credential.py}).
 */
final class LoginForm {
  /** What keystoneauth sends where no token is wanted. */
  private static final String NO_TOKEN = "notused";

  private static final String PASSWORD = "password";
  private static final String TOKEN = "token";
  private static final String APPLICATION_CREDENTIAL = "application_credential";

  private final NovaConf conf;
  private final ServiceOptions options;

  LoginForm(NovaConf conf, ServiceOptions options) {
    this.conf = conf;
    this.options = options;
  }

  Login login() {
    if (followsToNothing()) {
      return new Login.Impossible(
          notSet(List.of(options.authType))
              + ", and "
              + options.authSection.fullName()
              + " looks there");
    }
    return switch (type()) {
      case "password", "v3password" ->
          request(PASSWORD, user(options.password), List.of(options.username, options.userId));
      case "token", "v3token" -> request(TOKEN, token(), List.of(options.token));
      case "v3applicationcredential" ->
          request(
              APPLICATION_CREDENTIAL,
              applicationCredential(),
              List.of(options.applicationCredentialId, options.applicationCredentialName));
      case "admin_token" ->
          conf.get(options.token)
              .<Login>map(Login.Fixed::new)
              .orElseGet(() -> new Login.Impossible(notSet(List.of(options.token))));
      case "none", "noauth" -> new Login.Fixed(NO_TOKEN);
      default ->
          new Login.Impossible(
              options.authType.fullName()
                  + ": "
                  + type()
                  + " is not supported; these are: "
                  + String.join(", ", ServiceOptions.AUTH_TYPES));
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

  private Login request(String method, ObjectNode proof, List<Option<Optional<String>>> oneOf) {
    if (oneOf.stream().noneMatch(option -> conf.get(option).isPresent())) {
      return new Login.Impossible(notSet(oneOf));
    }
    if (scopes().size() > 1) {
      return new Login.Impossible(
          "["
              + options.domainId.group()
              + "] asks for a token of more than one of "
              + String.join(", ", scopes()));
    }
    Optional<String> url = conf.get(options.authUrl);
    if (url.isEmpty()) {
      return new Login.Impossible(notSet(List.of(options.authUrl)));
    }
    ObjectNode body = object();
    ObjectNode auth = body.putObject("auth");
    ObjectNode identity = auth.putObject("identity");
    identity.putArray("methods").add(method);
    identity.set(method, proof);
    addScope(auth);
    try {
      return new Login.Request(ServerUrl.of(version3(url.get())), body);
    } catch (IllegalArgumentException e) {
      return new Login.Impossible(options.authUrl.fullName() + " " + e.getMessage());
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

  private ObjectNode user(Option<Optional<String>> secret) {
    ObjectNode proof = object();
    ObjectNode user = proof.putObject("user");
    conf.get(secret).ifPresent(text -> user.put(PASSWORD, text));
    describeUser(user);
    return proof;
  }

  private void describeUser(ObjectNode user) {
    Optional<String> id = conf.get(options.userId);
    if (id.isPresent()) {
      user.put("id", id.get());
      return;
    }
    conf.get(options.username).ifPresent(name -> user.put("name", name));
    addDomain(user, options.userDomainId, options.userDomainName);
  }

  private void addDomain(
      ObjectNode to, Option<Optional<String>> idOption, Option<Optional<String>> nameOption) {
    Optional<String> id = conf.get(idOption).or(() -> conf.get(options.defaultDomainId));
    Optional<String> name = conf.get(nameOption).or(() -> conf.get(options.defaultDomainName));
    if (id.isPresent()) {
      to.putObject("domain").put("id", id.get());
    } else if (name.isPresent()) {
      to.putObject("domain").put("name", name.get());
    }
  }

  private ObjectNode token() {
    ObjectNode proof = object();
    conf.get(options.token).ifPresent(text -> proof.put("id", text));
    return proof;
  }

  private ObjectNode applicationCredential() {
    ObjectNode proof = object();
    conf.get(options.applicationCredentialSecret).ifPresent(text -> proof.put("secret", text));
    Optional<String> id = conf.get(options.applicationCredentialId);
    if (id.isPresent()) {
      proof.put("id", id.get());
    } else {
      conf.get(options.applicationCredentialName).ifPresent(name -> proof.put("name", name));
      describeUser(proof.putObject("user"));
    }
    return proof;
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

  private void addScope(ObjectNode auth) {
    Optional<String> domainId = conf.get(options.domainId);
    Optional<String> domainName = conf.get(options.domainName);
    Optional<String> projectId = conf.get(options.projectId);
    Optional<String> projectName = conf.get(options.projectName);
    Optional<String> trust = conf.get(options.trustId);
    if (domainId.isPresent()) {
      auth.putObject("scope").putObject("domain").put("id", domainId.get());
    } else if (domainName.isPresent()) {
      auth.putObject("scope").putObject("domain").put("name", domainName.get());
    } else if (projectId.isPresent()) {
      auth.putObject("scope").putObject("project").put("id", projectId.get());
    } else if (projectName.isPresent()) {
      ObjectNode project = auth.putObject("scope").putObject("project");
      project.put("name", projectName.get());
      addDomain(project, options.projectDomainId, options.projectDomainName);
    } else if (trust.isPresent()) {
      auth.putObject("scope").putObject("OS-TRUST:trust").put("id", trust.get());
    } else if (conf.get(options.systemScope).equals(Optional.of("all"))) {
      auth.putObject("scope").putObject("system").put("all", true);
    }
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
