// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import static org.novacompat.metadata.config.oslo.OptionType.integer;
import static org.novacompat.metadata.config.oslo.OptionType.list;
import static org.novacompat.metadata.config.oslo.OptionType.seconds;
import static org.novacompat.metadata.config.oslo.OptionType.text;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.novacompat.metadata.config.oslo.Option;

/**
 * The options by which a group of nova.conf says how another service is asked ({@code
 * keystoneauth1/loading/adapter.py}; {@code nova/conf/utils.py: register_ksa_opts}).
 */
public class ServiceOptions extends SessionOptions {

  public final Option<String> serviceType;

  public final Option<Optional<String>> serviceName =
      ofSession("service_name", text())
          .help("The name of the service, where the catalogue has several of its type.");

  public final Option<List<String>> validInterfaces =
      ofSession("valid_interfaces", list(text()), "internal,public")
          .help("Which of the endpoints in the catalogue are used, the preferred one first.");

  public final Option<Optional<String>> regionName =
      ofSession("region_name", text()).help("The region of the endpoint.");

  public final Option<Optional<String>> endpointOverride =
      ofSession("endpoint_override", text())
          .help("Where the service is, whatever the catalogue says.");

  public final Option<Optional<Integer>> connectRetries =
      ofSession("connect_retries", integer())
          .help("How often a connection that cannot be made is tried again.");

  public final Option<Duration> connectRetryDelay =
      ofSession("connect_retry_delay", seconds(), "0.1")
          .help(
              """
              How many seconds pass before the first of these; before each further one twice as
              many.
              """);

  public final Option<Integer> statusCodeRetries =
      ofSession("status_code_retries", integer(), "0")
          .help("How often a call that is answered with 503 is made again.");

  public final Option<Duration> statusCodeRetryDelay =
      ofSession("status_code_retry_delay", seconds(), "0.1")
          .help(
              """
              How many seconds pass before the first of these; before each further one twice as
              many.
              """);

  /**
   * The options of one group.
   *
   * @param group the group
   * @param serviceType the service's type, where nova.conf does not set another
   */
  ServiceOptions(String group, String serviceType) {
    this(group, group, serviceType);
  }

  private ServiceOptions(String group, String loginGroup, String defaultServiceType) {
    super(group, loginGroup);
    this.serviceType =
        ofSession("service_type", text(), defaultServiceType)
            .help("The service's type in the catalogue that Keystone gives.");
  }

  /**
   * The same options, but those that say who logs in from the group that {@code auth_section}
   * names, if it names one ({@code keystoneauth1/loading/conf.py: load_from_conf_options}). An
   * {@code auth_section} in that group means nothing.
   *
   * @param conf the configuration
   */
  public ServiceOptions followed(NovaConf conf) {
    return conf.get(authSection)
        .map(
            section ->
                new ServiceOptions(
                    sessionGroup(), section, serviceType.defaultValue().text().get()))
        .orElse(this);
  }
}
