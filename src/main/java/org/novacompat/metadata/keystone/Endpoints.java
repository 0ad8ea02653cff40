// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.keystone;

import java.net.URI;
import java.util.Optional;
import org.novacompat.metadata.config.NovaConf;
import org.novacompat.metadata.config.ServiceOptions;

/**
 * Where a service is: where nova.conf says, or else Keystone's catalogue ({@code
 * keystoneauth1/identity/base.py: get_endpoint_data}).
 */
final class Endpoints {
  private final ServiceOptions options;
  private final Optional<String> configured;
  private final boolean hasCatalog;
  private final ServiceCatalog.Wanted wanted;

  Endpoints(NovaConf conf, ServiceOptions options, Login login) {
    this.options = options;
    this.hasCatalog = !(login instanceof Login.Fixed);
    this.configured =
        conf.get(options.endpointOverride)
            .or(() -> hasCatalog ? Optional.empty() : conf.get(options.endpoint));
    this.wanted =
        new ServiceCatalog.Wanted(
            conf.get(options.serviceType),
            conf.get(options.serviceName),
            conf.get(options.regionName),
            conf.get(options.validInterfaces));
  }

  /** The options to look at when the place is wrong. */
  String options() {
    return configured.isPresent() || !hasCatalog
        ? options.endpointOverride.fullName().toString()
        : options.regionName.fullName() + ", valid_interfaces and endpoint_override";
  }

  /**
   * Finds the service.
   *
   * @param token what Keystone gave
   * @param version the path that calls begin with, which an address may end with already
   * @return its address, without that path and without a slash at the end
   * @throws CallFailure when it is nowhere, or where we cannot call it
   */
  URI of(Token token, String version) {
    String url = configured.or(() -> token.catalog().find(wanted)).orElseThrow(this::missing);
    try {
      String stripped = url.replaceFirst("/+$", "");
      return ServerUrl.of(
          stripped.endsWith(version)
              ? stripped.substring(0, stripped.length() - version.length())
              : stripped);
    } catch (IllegalArgumentException e) {
      throw new CallFailure("its address " + e.getMessage() + "; see " + options());
    }
  }

  private CallFailure missing() {
    if (!hasCatalog) {
      return new CallFailure(options.endpointOverride.fullName() + " is not set");
    }
    return new CallFailure(
        "Keystone's catalogue has no service of the type "
            + wanted.type()
            + wanted.name().map(name -> " with the name " + name).orElse("")
            + wanted.region().map(region -> " in the region " + region).orElse("")
            + (wanted.interfaces().isEmpty()
                ? ""
                : " with an interface " + String.join(" or ", wanted.interfaces()))
            + "; see "
            + options.serviceType.fullName()
            + ", service_name, region_name, valid_interfaces and endpoint_override");
  }
}
