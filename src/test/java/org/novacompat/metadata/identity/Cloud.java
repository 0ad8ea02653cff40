// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.identity;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.novacompat.metadata.instance.Ports;
import org.novacompat.metadata.instance.StoreUnavailableException;

/** A Neutron that knows what it was told, and can fail. */
final class Cloud implements Ports {
  private final Map<String, List<Port>> ports = new HashMap<>();
  private final Map<String, List<String>> networks = new HashMap<>();
  private final List<String> asked = new ArrayList<>();
  private boolean subnetsFail;
  private boolean portsFail;

  Cloud port(String address, String device, String project) {
    ports.computeIfAbsent(address, any -> new ArrayList<>()).add(new Port(device, project));
    return this;
  }

  Cloud provider(String provider, String... networksServed) {
    networks.put(provider, List.of(networksServed));
    return this;
  }

  Cloud failingAtSubnets() {
    subnetsFail = true;
    return this;
  }

  Cloud failingAtPorts() {
    portsFail = true;
    return this;
  }

  /** What was asked, in order. */
  List<String> asked() {
    return asked;
  }

  @Override
  public List<Port> withAddress(String address) throws StoreUnavailableException {
    asked.add(address);
    failIf(portsFail);
    return ports.getOrDefault(address, List.of());
  }

  @Override
  public List<String> networksOfProvider(String provider) throws StoreUnavailableException {
    asked.add(provider);
    failIf(subnetsFail);
    return networks.getOrDefault(provider, List.of());
  }

  @Override
  public List<Port> withAddress(String address, List<String> onNetworks)
      throws StoreUnavailableException {
    asked.add(address + " on " + String.join(" ", onNetworks));
    failIf(portsFail);
    return ports.getOrDefault(address, List.of());
  }

  private static void failIf(boolean wanted) throws StoreUnavailableException {
    if (wanted) {
      throw new StoreUnavailableException("Neutron is away", new IllegalStateException());
    }
  }
}
