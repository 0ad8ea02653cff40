// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.keystone;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * The services that accept a token, and their addresses ({@code
 * keystoneauth1/access/service_catalog.py}).
 *
 * @param services Keystone's list: each with a type, perhaps a name, and endpoints
 */
record ServiceCatalog(JsonNode services) {
  /**
   * A search for an endpoint.
   *
   * @param type the service's type
   * @param name its name, where that matters
   * @param region its region, where that matters
   * @param interfaces the interfaces, the preferred one first; none stands for any
   */
  record Search(
      String type, Optional<String> name, Optional<String> region, List<String> interfaces) {
    /** Takes the older names of interfaces too, such as {@code publicURL}. */
    Search {
      interfaces = interfaces.stream().map(any -> any.replaceFirst("URL$", "")).toList();
    }

    private boolean meansService(JsonNode service) {
      return type.equals(service.path("type").asText())
          && (name.isEmpty()
              || service.path("name").isMissingNode()
              || service.path("name").isNull()
              || name.get().equals(service.path("name").asText()));
    }

    private boolean meansEndpoint(JsonNode endpoint) {
      String id = endpoint.path("region_id").asText("");
      String itsRegion = id.isEmpty() ? endpoint.path("region").asText("") : id;
      return !endpoint.path("url").asText("").isEmpty()
          && (region.isEmpty() || region.get().equals(itsRegion));
    }
  }

  /** Finds the address of a service. */
  Optional<String> find(Search search) {
    List<JsonNode> endpoints =
        StreamSupport.stream(services.spliterator(), false)
            .filter(search::meansService)
            .flatMap(s -> StreamSupport.stream(s.path("endpoints").spliterator(), false))
            .filter(search::meansEndpoint)
            .toList();
    Optional<JsonNode> found =
        search.interfaces.isEmpty()
            ? endpoints.stream().findFirst()
            : search.interfaces.stream()
                .flatMap(
                    name ->
                        endpoints.stream()
                            .filter(endpoint -> name.equals(endpoint.path("interface").asText())))
                .findFirst();
    return found.map(endpoint -> endpoint.get("url").asText());
  }
}
