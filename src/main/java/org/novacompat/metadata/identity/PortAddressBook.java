// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.identity;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.novacompat.metadata.cache.SingleFlightCache;
import org.novacompat.metadata.instance.Ports;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.python.Ip;

/**
 * Who has an address, as Neutron knows it ({@code nova/network/neutron.py: get_fixed_ip_by_address,
 * _get_instance_uuids_by_ip}). An instance counts once for each of its ports with the address.
 *
 * <p>A tenant may write the UUID of another's instance into a port of its own, so a port speaks for
 * an instance of its project alone. Ports of instances always are of the instance's project: nova
 * makes them so ({@code _create_port_minimal}), takes no others ({@code
 * _validate_requested_port_ids}), also on networks of other projects, and asks for no others
 * ({@code _build_network_info_model}). What owns the port ({@code device_owner}) proves nothing,
 * for tenants write that too.
 */
public final class PortAddressBook implements RemoteAddress.Book {
  private final Ports ports;
  private final SingleFlightCache<String, List<Caller.Guest>> guests;

  /**
   * Asks Neutron.
   *
   * @param ports Neutron's ports
   * @param expiry how long it is believed that an instance has an address
   */
  public PortAddressBook(Ports ports, Duration expiry) {
    this.ports = ports;
    this.guests = new SingleFlightCache<>(expiry, all -> all.size() == 1);
  }

  @Override
  public List<Caller.Guest> guestsWith(Ip address) throws StoreUnavailableException {
    return guests.get(address.toString(), text -> guests(ports, text));
  }

  private static List<Caller.Guest> guests(Ports ports, String address)
      throws StoreUnavailableException {
    return ports.withAddress(address).stream()
        .filter(port -> !port.device().isEmpty())
        .map(
            port ->
                new Caller.Guest(port.device(), Optional.of(port.project()), Optional.of(address)))
        .toList();
  }
}
