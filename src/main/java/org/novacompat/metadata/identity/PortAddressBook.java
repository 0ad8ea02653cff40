// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.identity;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.novacompat.metadata.instance.AddressBook;
import org.novacompat.metadata.instance.AddressText;
import org.novacompat.metadata.instance.Ports;
import org.novacompat.metadata.instance.StoreUnavailableException;

/**
 * Who has an address, as Neutron knows it ({@code nova/network/neutron.py: get_fixed_ip_by_address,
 * _get_instance_uuids_by_ip}). An instance counts once for each of its ports with the address.
 */
public final class PortAddressBook implements AddressBook {
  private final Remembered<String, List<String>> devices;

  /**
   * Asks Neutron.
   *
   * @param ports Neutron's ports
   * @param expiry how long it is believed that an instance has an address
   */
  public PortAddressBook(Ports ports, Duration expiry) {
    this.devices =
        new Remembered<>(address -> devices(ports, address), expiry, all -> all.size() == 1);
  }

  @Override
  public List<String> instancesWith(InetAddress address) throws StoreUnavailableException {
    return devices.get(AddressText.of(address));
  }

  private static List<String> devices(Ports ports, String address)
      throws StoreUnavailableException {
    return ports.withAddress(address).stream()
        .map(Ports.Port::device)
        .filter(device -> !device.isEmpty())
        .toList();
  }
}
