// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The options by which a group of nova.conf says how another service is asked: who logs in to
 * Keystone, where the service is, and how connections are made ({@code keystoneauth1/loading}:
 * {@code conf.py}, {@code session.py}, {@code adapter.py} and the plugins; {@code
 * nova/conf/utils.py: register_ksa_opts}).
 */
public final class ServiceOptions {

  /** The values of {@code auth_type} that this service can log in with. */
  public static final List<String> AUTH_TYPES =
      List.of(
          "password",
          "v3password",
          "token",
          "v3token",
          "v3applicationcredential",
          "admin_token",
          "none",
          "noauth");

  /** {@code auth_type} */
  public final Option<Optional<String>> authType;

  /** {@code auth_section} */
  public final Option<Optional<String>> authSection;

  /** {@code auth_url} */
  public final Option<Optional<String>> authUrl;

  /** {@code system_scope} */
  public final Option<Optional<String>> systemScope;

  /** {@code domain_id} */
  public final Option<Optional<String>> domainId;

  /** {@code domain_name} */
  public final Option<Optional<String>> domainName;

  /** {@code project_id} */
  public final Option<Optional<String>> projectId;

  /** {@code project_name} */
  public final Option<Optional<String>> projectName;

  /** {@code project_domain_id} */
  public final Option<Optional<String>> projectDomainId;

  /** {@code project_domain_name} */
  public final Option<Optional<String>> projectDomainName;

  /** {@code trust_id} */
  public final Option<Optional<String>> trustId;

  /** {@code default_domain_id} */
  public final Option<Optional<String>> defaultDomainId;

  /** {@code default_domain_name} */
  public final Option<Optional<String>> defaultDomainName;

  /** {@code user_id} */
  public final Option<Optional<String>> userId;

  /** {@code username} */
  public final Option<Optional<String>> username;

  /** {@code user_domain_id} */
  public final Option<Optional<String>> userDomainId;

  /** {@code user_domain_name} */
  public final Option<Optional<String>> userDomainName;

  /** {@code password} */
  public final Option<Optional<String>> password;

  /** {@code application_credential_id} */
  public final Option<Optional<String>> applicationCredentialId;

  /** {@code application_credential_name} */
  public final Option<Optional<String>> applicationCredentialName;

  /** {@code application_credential_secret} */
  public final Option<Optional<String>> applicationCredentialSecret;

  /** {@code token} */
  public final Option<Optional<String>> token;

  /** {@code endpoint} */
  public final Option<Optional<String>> endpoint;

  /** {@code cafile} */
  public final Option<Optional<Path>> cafile;

  /** {@code certfile} */
  public final Option<Optional<Path>> certfile;

  /** {@code keyfile} */
  public final Option<Optional<Path>> keyfile;

  /** {@code insecure} */
  public final Option<Boolean> insecure;

  /** {@code timeout} */
  public final Option<Optional<Duration>> timeout;

  /** {@code service_type} */
  public final Option<String> serviceType;

  /** {@code service_name} */
  public final Option<Optional<String>> serviceName;

  /** {@code valid_interfaces} */
  public final Option<List<String>> validInterfaces;

  /** {@code region_name} */
  public final Option<Optional<String>> regionName;

  /** {@code endpoint_override} */
  public final Option<Optional<String>> endpointOverride;

  /** {@code connect_retries} */
  public final Option<Optional<Integer>> connectRetries;

  /** {@code connect_retry_delay} */
  public final Option<Optional<Duration>> connectRetryDelay;

  /** {@code status_code_retries} */
  public final Option<Optional<Integer>> statusCodeRetries;

  /** {@code status_code_retry_delay} */
  public final Option<Optional<Duration>> statusCodeRetryDelay;

  private final String group;
  private final String loginGroup;
  private final String defaultServiceType;

  /**
   * The options of one group.
   *
   * @param group the group
   * @param serviceType the service's type, where the file does not say another
   */
  ServiceOptions(String group, String serviceType) {
    this(group, group, serviceType);
  }

  private ServiceOptions(String group, String loginGroup, String serviceType) {
    this.group = group;
    this.loginGroup = loginGroup;
    this.defaultServiceType = serviceType;
    this.authType =
        loginOption(
                "auth_type",
                OptionType.text(),
                "How this service proves to Keystone who it is: password, v3password, token, "
                    + "v3token or v3applicationcredential; admin_token shows token as it stands, and "
                    + "none asks without a token and without Keystone.")
            .formerly(loginGroup, "auth_plugin")
            .toldWhere(
                type -> type.isPresent() && !AUTH_TYPES.contains(type.get()),
                "is heeded in part: this service can log in with none but "
                    + String.join(", ", AUTH_TYPES));
    this.authSection =
        optional(
            "auth_section",
            OptionType.text(),
            "Another group that says who logs in: auth_type, auth_url and all that belongs to a "
                + "login are taken from there, and not from here.");
    this.authUrl =
        loginOption(
            "auth_url", OptionType.text(), "Where Keystone is, with or without /v3 at the end.");
    this.systemScope =
        loginOption(
            "system_scope",
            OptionType.text(),
            "Asks for a token for the whole system when it is all.");
    this.domainId =
        loginOption("domain_id", OptionType.text(), "The domain to ask a token for, by its id.");
    this.domainName =
        loginOption(
            "domain_name", OptionType.text(), "The domain to ask a token for, by its name.");
    this.projectId =
        loginOption("project_id", OptionType.text(), "The project to ask a token for, by its id.")
            .formerly(loginGroup, "tenant_id")
            .formerly(loginGroup, "tenant-id");
    this.projectName =
        loginOption(
                "project_name", OptionType.text(), "The project to ask a token for, by its name.")
            .formerly(loginGroup, "tenant_name")
            .formerly(loginGroup, "tenant-name");
    this.projectDomainId =
        loginOption(
            "project_domain_id",
            OptionType.text(),
            "The domain that project_name is in, by its id.");
    this.projectDomainName =
        loginOption(
            "project_domain_name",
            OptionType.text(),
            "The domain that project_name is in, by its name.");
    this.trustId =
        loginOption("trust_id", OptionType.text(), "The trust to ask a token for, by its id.");
    this.defaultDomainId =
        loginOption(
            "default_domain_id",
            OptionType.text(),
            "The domain of the user and of the project where they have none of their own, "
                + "by its id.");
    this.defaultDomainName =
        loginOption(
            "default_domain_name",
            OptionType.text(),
            "The domain of the user and of the project where they have none of their own, "
                + "by its name.");
    this.userId = loginOption("user_id", OptionType.text(), "The user, by its id.");
    this.username =
        loginOption("username", OptionType.text(), "The user, by its name.")
            .formerly(loginGroup, "user_name")
            .formerly(loginGroup, "user-name");
    this.userDomainId =
        loginOption(
            "user_domain_id", OptionType.text(), "The domain that the user is in, by its id.");
    this.userDomainName =
        loginOption(
            "user_domain_name", OptionType.text(), "The domain that the user is in, by its name.");
    this.password = loginOption("password", OptionType.text(), "The user's password.").keptSecret();
    this.applicationCredentialId =
        loginOption(
            "application_credential_id",
            OptionType.text(),
            "The application credential, by its id.");
    this.applicationCredentialName =
        loginOption(
            "application_credential_name",
            OptionType.text(),
            "The application credential, by its name among those of the user.");
    this.applicationCredentialSecret =
        loginOption(
                "application_credential_secret",
                OptionType.text(),
                "The application credential's secret.")
            .keptSecret();
    this.token = loginOption("token", OptionType.text(), "The token to log in with.").keptSecret();
    this.endpoint =
        loginOption(
            "endpoint",
            OptionType.text(),
            "Where the service is, for auth_type none and admin_token.");
    this.cafile =
        optional(
            "cafile",
            OptionType.path(),
            "The authorities whose certificates are trusted, as PEM. When unset, those that "
                + "Java trusts.");
    this.certfile = optional("certfile", OptionType.path(), "The certificate to show, as PEM.");
    this.keyfile =
        optional(
            "keyfile",
            OptionType.path(),
            "The key of certfile, as PEM. When unset, certfile holds it too.");
    this.insecure =
        option(
            "insecure",
            OptionType.bool(),
            Default.of("false"),
            "Whether any certificate is trusted.");
    this.timeout =
        optional(
            "timeout",
            OptionType.secondsAboveZero(),
            "For how many seconds the whole of an answer is waited for; 30 when unset. A guest "
                + "is refused sooner, and the answer kept for when it asks again: after 3 "
                + "seconds when unset, else after a second more than this and 5 at most.");
    this.serviceType =
        option(
            "service_type",
            OptionType.text(),
            Default.of(serviceType),
            "What the service is called in the catalogue that Keystone gives.");
    this.serviceName =
        optional(
            "service_name",
            OptionType.text(),
            "The name of the service, where the catalogue has several of its type.");
    this.validInterfaces =
        option(
            "valid_interfaces",
            OptionType.list(OptionType.text()),
            Default.of("internal,public"),
            "Which of the endpoints in the catalogue are used, the preferred one first.");
    this.regionName = optional("region_name", OptionType.text(), "The region of the endpoint.");
    this.endpointOverride =
        optional(
            "endpoint_override",
            OptionType.text(),
            "Where the service is, whatever the catalogue says.");
    this.connectRetries =
        optional(
            "connect_retries",
            OptionType.integer(),
            "How often a connection that cannot be made is tried again.");
    this.connectRetryDelay =
        optional(
            "connect_retry_delay",
            OptionType.seconds(),
            "How many seconds pass before the first of these; before each further one twice "
                + "as many. 0.1 when unset.");
    this.statusCodeRetries =
        optional(
            "status_code_retries",
            OptionType.integer(),
            "How often a call that is answered with 503 is made again; 0 when unset.");
    this.statusCodeRetryDelay =
        optional(
            "status_code_retry_delay",
            OptionType.seconds(),
            "How many seconds pass before the first of these; before each further one twice "
                + "as many. 0.1 when unset.");
  }

  /** All of them, in the order in which the sample file shows them. */
  public List<Option<?>> all() {
    return Stream.of(List.<Option<?>>of(authType, authSection), credentials(), session(), adapter())
        .flatMap(List::stream)
        .toList();
  }

  /** Those that say who logs in, which {@code auth_section} moves to another group. */
  List<Option<?>> login() {
    return Stream.concat(Stream.of(authType), credentials().stream()).toList();
  }

  /** Those that say how connections are made. */
  List<Option<?>> session() {
    return List.of(cafile, certfile, keyfile, insecure, timeout);
  }

  /**
   * The same options, but those that say who logs in from the group that {@code auth_section}
   * names, if it names one ({@code keystoneauth1/loading/conf.py: load_from_conf_options}). An
   * {@code auth_section} in that group means nothing.
   *
   * @param conf the configuration
   */
  public ServiceOptions followed(NovaConf conf) {
    return conf.get(authSection).map(this::loginFrom).orElse(this);
  }

  /** The same options, but those that say who logs in from another group. */
  ServiceOptions loginFrom(String section) {
    return new ServiceOptions(group, section, defaultServiceType);
  }

  private List<Option<?>> credentials() {
    return List.of(
        authUrl,
        systemScope,
        domainId,
        domainName,
        projectId,
        projectName,
        projectDomainId,
        projectDomainName,
        trustId,
        defaultDomainId,
        defaultDomainName,
        userId,
        username,
        userDomainId,
        userDomainName,
        password,
        applicationCredentialId,
        applicationCredentialName,
        applicationCredentialSecret,
        token,
        endpoint);
  }

  private List<Option<?>> adapter() {
    return List.of(
        serviceType,
        serviceName,
        validInterfaces,
        regionName,
        endpointOverride,
        connectRetries,
        connectRetryDelay,
        statusCodeRetries,
        statusCodeRetryDelay);
  }

  private <T> Option<Optional<T>> loginOption(String name, OptionType<T> type, String help) {
    return Option.of(loginGroup, name, OptionType.optional(type), Default.none(), help);
  }

  private <T> Option<Optional<T>> optional(String name, OptionType<T> type, String help) {
    return option(name, OptionType.optional(type), Default.none(), help);
  }

  private <T> Option<T> option(String name, OptionType<T> type, Default defaultValue, String help) {
    return Option.of(group, name, type, defaultValue, help);
  }
}
