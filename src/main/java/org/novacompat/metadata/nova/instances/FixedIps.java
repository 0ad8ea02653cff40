// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova.instances;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.novacompat.metadata.instance.AddressBook;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.nova.database.Cell;
import org.novacompat.metadata.nova.database.Deadline;
import org.novacompat.metadata.nova.database.NovaDatabase;
import org.novacompat.metadata.nova.database.OptionalTable;
import org.novacompat.metadata.nova.database.Query;
import org.novacompat.metadata.nova.database.WhenSlow;
import org.novacompat.metadata.python.Ip;

/**
 * Finds instances by address where Neutron cannot be asked, in what nova-network keeps in each
 * cell: {@code fixed_ips} ({@code nova/objects/fixed_ip.py: FixedIP.get_by_address} of Train), and
 * {@code virtual_interfaces} for the link-local IPv6 address that an interface derives from its MAC
 * address.
 *
 * <p>All cells must answer: an unavailable one may have another instance with the same address.
 */
public final class FixedIps implements AddressBook {
  /** By the unique key of address and {@code deleted}, whatever the tables' collations. */
  private static final Query<Holder> BY_ADDRESS =
      new Query<>(
          Holder.class,
          """
          select i.uuid from fixed_ips f
          join instances i on i.uuid = convert(f.instance_uuid using ascii)
          where f.address = :address and f.deleted = 0 and i.deleted = 0
          """);

  /** By the like key; where Neutron gave a MAC address, nova appends the port to it. */
  private static final Query<Holder> BY_MAC =
      new Query<>(
          Holder.class,
          """
          select i.uuid from virtual_interfaces v
          join instances i on i.uuid = convert(v.instance_uuid using ascii)
          where v.address like :prefix and v.deleted = 0 and i.deleted = 0
          """);

  private static final Pattern LINK_LOCAL_BY_MAC =
      Pattern.compile("fe80000000000000(..)(..)(..)fffe(..)(..)(..)");

  /** The bit of a MAC address's first octet that an interface identifier has inverted. */
  private static final int UNIVERSAL = 2;

  private record Holder(String uuid) {}

  private final NovaDatabase database;
  private final OptionalTable fixedIps = new OptionalTable(System::nanoTime);

  /**
   * Asks these databases.
   *
   * @param database nova's databases
   */
  public FixedIps(NovaDatabase database) {
    this.database = database;
  }

  @Override
  public List<String> instancesWith(Ip address) throws StoreUnavailableException {
    Deadline deadline = Deadline.forGuest(WhenSlow.refuse("no address is looked up"));
    Set<String> found = new LinkedHashSet<>();
    for (Cell cell : database.runningCells(deadline)) {
      found.addAll(instancesWith(address, cell, deadline));
    }
    return List.copyOf(found);
  }

  private List<String> instancesWith(Ip address, Cell cell, Deadline deadline)
      throws StoreUnavailableException {
    Optional<String> mac = mac(address);
    List<Holder> holders =
        database.on(
            cell,
            deadline,
            session ->
                mac.isPresent()
                    ? session.list(BY_MAC, Map.of("prefix", mac.get() + "%"))
                    : fixedIps.read(
                        cell,
                        () -> session.list(BY_ADDRESS, Map.of("address", address.toString())),
                        List::of));
    return holders.stream().map(Holder::uuid).toList();
  }

  /** The MAC address that a link-local address is derived from (RFC 4291, appendix A). */
  private static Optional<String> mac(Ip address) {
    Matcher octets = LINK_LOCAL_BY_MAC.matcher("%032x".formatted(address.value()));
    return octets.matches()
        ? Optional.of(
            "%02x:%s:%s:%s:%s:%s"
                .formatted(
                    Integer.parseInt(octets.group(1), 16) ^ UNIVERSAL,
                    octets.group(2),
                    octets.group(3),
                    octets.group(4),
                    octets.group(5),
                    octets.group(6)))
        : Optional.empty();
  }
}
