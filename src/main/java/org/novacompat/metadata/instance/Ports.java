// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.instance;

import java.util.List;

/** What Neutron knows of ports. Neutron answers it; identity asks it. */
public interface Ports {
  /**
   * A port of an instance.
   *
   * @param device the instance's UUID; empty text when the port is no device's
   * @param project the project that owns the port
   */
  record Port(String device, String project) {}

  /**
   * Finds the ports with a fixed address, on any network.
   *
   * @param address the address, as text
   * @return the ports, in Neutron's order
   * @throws StoreUnavailableException when Neutron cannot be asked now
   */
  List<Port> withAddress(String address) throws StoreUnavailableException;

  /**
   * Finds the networks that a metadata provider serves.
   *
   * @param provider the provider's id, as a load balancer named it
   * @return the networks' UUIDs, one for each subnet; none when the provider is not known
   * @throws StoreUnavailableException when Neutron cannot be asked now
   */
  List<String> networksOfProvider(String provider) throws StoreUnavailableException;

  /**
   * Finds the ports with a fixed address on some networks.
   *
   * @param address the address, as text
   * @param networks the networks' UUIDs, any number
   * @return the ports, in Neutron's order
   * @throws StoreUnavailableException when Neutron cannot be asked now
   */
  List<Port> withAddress(String address, List<String> networks) throws StoreUnavailableException;
}
