// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.neutron;

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
 * name, and none that Neutron does not show us.
 */
final class GroupNames {
  static final String DEVICE = "device_id";
  private static final List<String> PORT_FIELDS = List.of("id", DEVICE, "security_groups");
  private static final List<String> GROUP_FIELDS = List.of("id", "name");

  private final ServiceClient neutron;

  GroupNames(ServiceClient neutron) {
    this.neutron = neutron;
  }

  /**
   * Reads the names, in one of the client's workers.
   *
   * @param instances the instances' UUIDs, as many as fit into one call
   * @return the names by instance; nothing for instances without any
   */
  Map<String, List<String>> of(List<String> instances) throws StoreUnavailableException {
    List<PortPage.Item> ports =
        neutron.perform(
            calls -> new NeutronApi(calls).ports(PORT_FIELDS, NeutronApi.any(DEVICE, instances)));
    Set<String> ids = new LinkedHashSet<>();
    ports.forEach(port -> ids.addAll(port.securityGroups()));
    Map<String, String> labels = new HashMap<>();
    for (List<String> part : UrlLimit.parts("id", ids)) {
      neutron
          .perform(
              calls ->
                  new NeutronApi(calls).securityGroups(GROUP_FIELDS, NeutronApi.any("id", part)))
          .forEach(group -> labels.put(group.id(), group.label()));
    }
    Map<String, List<String>> names = new HashMap<>();
    for (PortPage.Item port : ports) {
      List<String> ofPort =
          port.securityGroups().stream().filter(labels::containsKey).map(labels::get).toList();
      names.computeIfAbsent(port.device(), any -> new ArrayList<>()).addAll(ofPort);
    }
    return names;
  }
}
