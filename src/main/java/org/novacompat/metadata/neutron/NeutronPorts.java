// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.neutron;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.novacompat.metadata.instance.Ports;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.keystone.ServiceClient;

/**
 * Ports by address ({@code nova/network/neutron.py: _get_instance_uuids_by_ip}, {@code
 * nova/api/metadata/handler.py: _get_instance_id_from_lb}).
 *
 * @param neutron asks Neutron
 */
record NeutronPorts(ServiceClient neutron) implements Ports {
  /** nova's {@code MAX_QUERY_NETWORKS}. */
  private static final int NETWORKS_PER_CALL = 160;

  private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F:.]{2,45}");

  @Override
  public List<Port> withAddress(String address) throws StoreUnavailableException {
    return find(address, List.of());
  }

  @Override
  public List<String> networksOfProvider(String provider) throws StoreUnavailableException {
    return neutron.ask(
        List.of("subnets", provider),
        calls ->
            NeutronApi.list(
                    calls,
                    "subnets",
                    List.of("id", "network_id"),
                    NeutronApi.any("advanced_service_providers", List.of(provider)))
                .stream()
                .map(NeutronPorts::network)
                .toList());
  }

  @Override
  public List<Port> withAddress(String address, List<String> networks)
      throws StoreUnavailableException {
    List<Port> ports = new ArrayList<>();
    for (int from = 0; from < networks.size(); from += NETWORKS_PER_CALL) {
      int to = Math.min(from + NETWORKS_PER_CALL, networks.size());
      ports.addAll(find(address, networks.subList(from, to)));
    }
    return ports;
  }

  /** Neutron is not asked for what is no address. */
  private List<Port> find(String address, List<String> networks) throws StoreUnavailableException {
    if (!ADDRESS.matcher(address).matches()) {
      return List.of();
    }
    return neutron.ask(
        List.of("ports", address, networks),
        calls ->
            NeutronApi.list(
                    calls,
                    "ports",
                    List.of("id", "device_id", "tenant_id"),
                    NeutronApi.any("fixed_ips", List.of("ip_address=" + address)),
                    NeutronApi.any("network_id", networks))
                .stream()
                .map(
                    port ->
                        new Port(
                            port.path("device_id").asText(""), port.path("tenant_id").asText("")))
                .toList());
  }

  private static String network(JsonNode subnet) {
    if (!subnet.path("network_id").isTextual()) {
      throw new IllegalArgumentException("a subnet without a network");
    }
    return subnet.get("network_id").textValue();
  }
}
