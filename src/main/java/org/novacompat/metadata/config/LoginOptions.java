// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import java.util.List;
import java.util.Optional;
import org.novacompat.metadata.config.oslo.Option;
import org.novacompat.metadata.config.oslo.OptionGroup;
import org.novacompat.metadata.config.oslo.OptionType;

/**
 * The options by which a group of nova.conf says who logs in to Keystone ({@code
 * keystoneauth1/loading/conf.py} and the plugins). Each field is called as its option.
 */
public class LoginOptions extends OptionGroup {

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

  public final Option<Optional<String>> authType =
      optional("auth_type", OptionType.text())
          .formerly("auth_plugin")
          .warnsOf(
              type -> type.isPresent() && !AUTH_TYPES.contains(type.get()),
              "is heeded in part: this service can log in with none but "
                  + String.join(", ", AUTH_TYPES))
          .help(
              """
              How this service proves to Keystone who it is: password, v3password, token, v3token or
              v3applicationcredential; admin_token shows token as it stands, and none asks without a
              token and without Keystone.
              """);

  public final Option<Optional<String>> authUrl =
      text("auth_url").help("Where Keystone is, with or without /v3 at the end.");

  public final Option<Optional<String>> systemScope =
      text("system_scope").help("Asks for a token for the whole system when it is all.");

  public final Option<Optional<String>> domainId =
      text("domain_id").help("The domain to ask a token for, by its id.");

  public final Option<Optional<String>> domainName =
      text("domain_name").help("The domain to ask a token for, by its name.");

  public final Option<Optional<String>> projectId =
      text("project_id")
          .formerly("tenant_id")
          .formerly("tenant-id")
          .help("The project to ask a token for, by its id.");

  public final Option<Optional<String>> projectName =
      text("project_name")
          .formerly("tenant_name")
          .formerly("tenant-name")
          .help("The project to ask a token for, by its name.");

  public final Option<Optional<String>> projectDomainId =
      text("project_domain_id").help("The domain that project_name is in, by its id.");

  public final Option<Optional<String>> projectDomainName =
      text("project_domain_name").help("The domain that project_name is in, by its name.");

  public final Option<Optional<String>> trustId =
      text("trust_id").help("The trust to ask a token for, by its id.");

  public final Option<Optional<String>> defaultDomainId =
      text("default_domain_id")
          .help("The domain of the user and of the project where they have none, by its id.");

  public final Option<Optional<String>> defaultDomainName =
      text("default_domain_name")
          .help("The domain of the user and of the project where they have none, by its name.");

  public final Option<Optional<String>> userId = text("user_id").help("The user, by its id.");

  public final Option<Optional<String>> username =
      text("username").formerly("user_name").formerly("user-name").help("The user, by its name.");

  public final Option<Optional<String>> userDomainId =
      text("user_domain_id").help("The domain that the user is in, by its id.");

  public final Option<Optional<String>> userDomainName =
      text("user_domain_name").help("The domain that the user is in, by its name.");

  public final Option<Optional<String>> password =
      text("password").secret().help("The user's password.");

  public final Option<Optional<String>> applicationCredentialId =
      text("application_credential_id").help("The application credential, by its id.");

  public final Option<Optional<String>> applicationCredentialName =
      text("application_credential_name")
          .help("The application credential, by its name among those of the user.");

  public final Option<Optional<String>> applicationCredentialSecret =
      text("application_credential_secret").secret().help("The application credential's secret.");

  public final Option<Optional<String>> token =
      text("token").secret().help("The token to log in with.");

  public final Option<Optional<String>> endpoint =
      text("endpoint").help("Where the service is, for auth_type none and admin_token.");

  private final String sessionGroup;

  /** The options of one group. */
  LoginOptions(String group) {
    this(group, group);
  }

  /**
   * The options of one group, and further ones of another.
   *
   * @param group the group that says who logs in
   * @param sessionGroup the group of the further options, see {@link #ofSession}
   */
  LoginOptions(String group, String sessionGroup) {
    super(group);
    this.sessionGroup = sessionGroup;
  }

  /** The group of the options that {@link #ofSession} begins. */
  final String sessionGroup() {
    return sessionGroup;
  }

  /** Begins an option that does not follow {@code auth_section} to another group. */
  final <T> Draft<T> ofSession(String name, OptionType<T> type, String defaultText) {
    return option(name, type, defaultText).in(sessionGroup);
  }

  /** Begins an option that may be unset and does not follow {@code auth_section}. */
  final <T> Draft<Optional<T>> ofSession(String name, OptionType<T> type) {
    return optional(name, type).in(sessionGroup);
  }

  private Draft<Optional<String>> text(String name) {
    return optional(name, OptionType.text());
  }
}
