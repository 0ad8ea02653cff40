// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.nat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How the metadata addresses of this host differ from those that it should have.
 *
 * @param missing those that it should have and has not
 * @param surplus those that this command added and that it should not have
 */
record HostAddresses(List<HostAddress> missing, List<HostAddress> surplus) {
  private static final Program IP = new Program("ip", "iproute2");
  private static final Pattern MARK = Pattern.compile(" (lo:nova-compat\\\\|metric 169254 )");

  /** Asks this host; one without the program {@code ip} counts as one without such addresses. */
  static HostAddresses compare(List<HostAddress> desired) {
    Map<HostAddress, Boolean> present = new LinkedHashMap<>();
    for (MetadataAddress address : MetadataAddress.values()) {
      if (IP.isInstalled()) {
        IP.run(address.option(), "-o", "address", "show", "to", address.network())
            .lines()
            .forEach(line -> read(line, address, present));
      }
    }
    return compare(present, desired);
  }

  /**
   * Reads a line such as {@code 1: lo inet 169.254.169.254/32 scope link lo\ …}.
   *
   * @param present the addresses, and whether they have this command's mark
   */
  static void read(String line, MetadataAddress address, Map<HostAddress, Boolean> present) {
    present.put(new HostAddress(address, line.split("\\s+")[1]), MARK.matcher(line).find());
  }

  static HostAddresses compare(Map<HostAddress, Boolean> present, List<HostAddress> desired) {
    return new HostAddresses(
        desired.stream()
            .filter(address -> present.keySet().stream().noneMatch(other -> other.serves(address)))
            .toList(),
        present.keySet().stream()
            .filter(address -> present.get(address) && !desired.contains(address))
            .toList());
  }

  boolean isEmpty() {
    return missing.isEmpty() && surplus.isEmpty();
  }

  /** Removes what is surplus and adds what is missing. */
  void settle() {
    Stream.concat(
            surplus.stream().map(HostAddress::deletion),
            missing.stream().map(HostAddress::addition))
        .forEach(command -> IP.run(command.substring("ip ".length()).split(" ")));
  }
}
