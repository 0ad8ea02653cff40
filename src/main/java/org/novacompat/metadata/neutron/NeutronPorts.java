// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.neutron;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.novacompat.metadata.instance.Ports;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.keystone.ServiceClient;

/**
 * Ports by address ({@code nova/network/neutron.py: _get_instance_uuids_by_ip}, {@code
 * nova/api/metadata/handler.py: _get_instance_id_from_lb}).
 */
final class NeutronPorts implements Ports {
  /** nova's {@code MAX_QUERY_NETWORKS}. */
  private static final int NETWORKS_PER_CALL = 160;

  private static final List<String> PORT_FIELDS = List.of("id", "device_id", "tenant_id");
  private static final List<String> SUBNET_FIELDS = List.of("id", "network_id");
  private static final String PROVIDER = "advanced_service_providers";
  private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F:.]{2,45}");

  private final ServiceClient neutron;

  NeutronPorts(ServiceClient neutron) {
    this.neutron = neutron;
  }

  @Override
  public List<Port> withAddress(String address) throws StoreUnavailableException {
    return find(address, List.of());
  }

  @Override
  public List<String> networksOfProvider(String provider) throws StoreUnavailableException {
    return neutron.ask(
        List.of("subnets", provider),
        calls ->
            new NeutronApi(calls)
                .subnets(SUBNET_FIELDS, NeutronApi.any(PROVIDER, List.of(provider))).stream()
                    .map(SubnetPage.Item::network)
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

  /** What is no address at all is no port's, and Neutron need not be asked. */
  private List<Port> find(String address, List<String> networks) throws StoreUnavailableException {
    if (!ADDRESS.matcher(address).matches()) {
      return List.of();
    }
    return neutron.ask(
        List.of("ports", address, networks),
        calls ->
            new NeutronApi(calls)
                    .ports(
                        PORT_FIELDS,
                        NeutronApi.any("fixed_ips", List.of("ip_address=" + address)),
                        NeutronApi.any("network_id", networks))
                    .stream()
                    .map(port -> new Port(port.device(), port.project()))
                    .toList());
  }
}
