// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.keystone;

import java.net.URI;
import java.util.Optional;
import org.novacompat.metadata.config.NovaConf;
import org.novacompat.metadata.config.ServiceOptions;

/**
 * Finds the address of a service: in nova.conf, or else in Keystone's catalogue ({@code
 * keystoneauth1/identity/base.py: get_endpoint_data}).
 */
final class ServiceLocator {
  private final ServiceOptions options;
  private final Optional<String> configured;
  private final boolean hasCatalog;
  private final ServiceCatalog.Search search;

  ServiceLocator(NovaConf conf, ServiceOptions options, AuthMethod method) {
    this.options = options;
    this.hasCatalog = !(method instanceof AuthMethod.FixedToken);
    this.configured =
        conf.get(options.endpointOverride)
            .or(() -> hasCatalog ? Optional.empty() : conf.get(options.endpoint));
    this.search =
        new ServiceCatalog.Search(
            conf.get(options.serviceType),
            conf.get(options.serviceName),
            conf.get(options.regionName),
            conf.get(options.validInterfaces));
  }

  /** The options that set the address. */
  String options() {
    return configured.isPresent() || !hasCatalog
        ? options.endpointOverride.fullName().toString()
        : options.regionName.fullName() + ", valid_interfaces and endpoint_override";
  }

  /**
   * Finds the service.
   *
   * @param token what Keystone issued
   * @param version the path that calls begin with, which an address may end with already
   * @return its address, without that path and without a slash at the end
   * @throws ServiceCallException when there is none, or one that cannot be called
   */
  URI locate(Token token, String version) {
    String url = configured.or(() -> token.catalog().find(search)).orElseThrow(this::missing);
    String stripped = url.replaceFirst("/+$", "");
    try {
      return RemoteService.addressOf(
          stripped.endsWith(version)
              ? stripped.substring(0, stripped.length() - version.length())
              : stripped);
    } catch (IllegalArgumentException e) {
      throw new ServiceCallException("its address " + e.getMessage() + "; see " + options());
    }
  }

  private ServiceCallException missing() {
    if (!hasCatalog) {
      return new ServiceCallException(options.endpointOverride.fullName() + " is not set");
    }
    return new ServiceCallException(
        "Keystone's catalogue has no service of the type "
            + search.type()
            + search.name().map(name -> " with the name " + name).orElse("")
            + search.region().map(region -> " in the region " + region).orElse("")
            + (search.interfaces().isEmpty()
                ? ""
                : " with an interface " + String.join(" or ", search.interfaces()))
            + "; see "
            + options.serviceType.fullName()
            + ", service_name, region_name, valid_interfaces and endpoint_override");
  }
}
