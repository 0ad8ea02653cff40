// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.neutron;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.keystone.ServiceClient;

/**
 * Reads the names of several instances' security groups in two calls ({@code
 * nova/network/security_group_api.py: get_instances_security_groups_bindings}): in the order of the
 * ports and of the groups of each, a group twice where two ports have it, its id where it has no
 * name, and none that Neutron does not show.
 *
 * @param neutron asks Neutron
 */
record GroupNames(ServiceClient neutron) {
  static final String DEVICE = "device_id";
  private static final String GROUPS = "security_groups";

  /**
   * Reads the names, in one of the client's workers.
   *
   * @param instances the instances' UUIDs, as many as fit into one call
   * @return the names by instance; nothing for instances without any
   */
  Map<String, List<String>> of(List<String> instances) throws StoreUnavailableException {
    List<JsonNode> ports =
        neutron.perform(
            calls ->
                NeutronApi.list(
                    calls,
                    "ports",
                    List.of("id", DEVICE, GROUPS),
                    NeutronApi.any(DEVICE, instances)));
    Set<String> ids = new LinkedHashSet<>();
    ports.forEach(port -> port.path(GROUPS).forEach(id -> ids.add(id.asText())));
    Map<String, String> nameOf = new HashMap<>();
    for (List<String> part : NeutronApi.parts("id", ids)) {
      neutron
          .perform(
              calls ->
                  NeutronApi.list(
                      calls, "security-groups", List.of("id", "name"), NeutronApi.any("id", part)))
          .forEach(group -> nameOf.put(group.path("id").asText(), name(group)));
    }
    Map<String, List<String>> names = new HashMap<>();
    for (JsonNode port : ports) {
      List<String> ofInstance =
          names.computeIfAbsent(port.path(DEVICE).asText(), any -> new ArrayList<>());
      for (JsonNode id : port.path(GROUPS)) {
        if (nameOf.containsKey(id.asText())) {
          ofInstance.add(nameOf.get(id.asText()));
        }
      }
    }
    return names;
  }

  private static String name(JsonNode group) {
    String name = group.path("name").asText("");
    return name.isEmpty() ? group.path("id").asText() : name;
  }
}
