// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.keystone;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/**
 * The services that a token opens, and where they are ({@code
 * keystoneauth1/access/service_catalog.py}).
 *
 * @param services the services, in Keystone's order
 */
record ServiceCatalog(List<Service> services) {

  /**
   * A service.
   *
   * @param type such as {@code network}
   * @param name such as {@code neutron}; may be missing
   * @param endpoints where it is
   */
  record Service(String type, String name, List<Endpoint> endpoints) {
    Service {
      endpoints = endpoints == null ? List.of() : endpoints;
    }
  }

  /**
   * One way to a service.
   *
   * @param interfaceName {@code public}, {@code internal} or {@code admin}
   * @param regionId its region
   * @param region its region, as it was called earlier
   * @param url where it is
   */
  record Endpoint(
      @JsonProperty("interface") String interfaceName,
      @JsonProperty("region_id") String regionId,
      String region,
      String url) {

    boolean isUsable(Wanted wanted) {
      String itsRegion = regionId == null || regionId.isEmpty() ? region : regionId;
      return url != null
          && !url.isEmpty()
          && wanted.region.map(name -> name.equals(itsRegion)).orElse(true);
    }
  }

  /**
   * Which endpoint is wanted.
   *
   * @param type the service's type
   * @param name its name, where that matters
   * @param region its region, where that matters
   * @param interfaces the interfaces, the preferred one first; none stands for any
   */
  record Wanted(
      String type, Optional<String> name, Optional<String> region, List<String> interfaces) {
    Wanted {
      interfaces = interfaces.stream().map(Wanted::withoutSuffix).toList();
    }

    private static String withoutSuffix(String interfaceName) {
      return interfaceName.endsWith("URL")
          ? interfaceName.substring(0, interfaceName.length() - "URL".length())
          : interfaceName;
    }

    private boolean isThisService(Service service) {
      return type.equals(service.type)
          && (name.isEmpty() || service.name == null || name.get().equals(service.name));
    }
  }

  /** Finds where a service is. */
  Optional<String> find(Wanted wanted) {
    List<Endpoint> endpoints =
        services.stream()
            .filter(wanted::isThisService)
            .flatMap(service -> service.endpoints.stream())
            .filter(endpoint -> endpoint.isUsable(wanted))
            .toList();
    if (wanted.interfaces.isEmpty()) {
      return endpoints.stream().map(Endpoint::url).findFirst();
    }
    return wanted.interfaces.stream()
        .flatMap(name -> endpoints.stream().filter(endpoint -> name.equals(endpoint.interfaceName)))
        .map(Endpoint::url)
        .findFirst();
  }
}
