// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.nat;

import java.util.ArrayList;
import java.util.List;

/**
 * The metadata addresses that this host itself has. Those that we add are marked, so that nobody
 * else's is ever removed: IPv4's by the label {@code lo:nova-compat}, IPv6's, for which there are
 * no labels, by the metric 169254. Either is shown by {@code ip address}.
 */
final class HostAddresses {
  private static final Program IP = new Program("ip", "the package iproute2");
  private static final String LABEL = "lo:" + Rules.MARK;
  private static final String METRIC = "metric 169254";

  /**
   * One that the host has.
   *
   * @param address the address
   * @param isOurs whether it has our mark
   */
  record Found(HostAddress address, boolean isOurs) {

    /** Reads a line such as {@code 1: lo inet 169.254.169.254/32 scope link lo\ …}. */
    static Found parse(String line, MetadataAddress address) {
      boolean ours =
          switch (address) {
            case IPV4 -> line.contains(" " + LABEL + "\\");
            case IPV6 -> line.contains(" " + METRIC + " ");
          };
      return new Found(new HostAddress(address, line.split("\\s+")[1]), ours);
    }

    /** Whether it does for a wanted one: IPv4's does on any interface. */
    boolean serves(HostAddress wanted) {
      return wanted.equals(address)
          || wanted.address() == MetadataAddress.IPV4 && address.address() == MetadataAddress.IPV4;
    }
  }

  /**
   * What the host has and what it should have.
   *
   * @param missing those of the wanted ones that it has not
   * @param surplus those of ours that are not wanted
   */
  record Difference(List<HostAddress> missing, List<HostAddress> surplus) {

    static Difference of(List<Found> present, List<HostAddress> wanted) {
      return new Difference(
          wanted.stream()
              .filter(address -> present.stream().noneMatch(found -> found.serves(address)))
              .toList(),
          present.stream()
              .filter(Found::isOurs)
              .map(Found::address)
              .filter(address -> !wanted.contains(address))
              .toList());
    }

    boolean isNone() {
      return missing.isEmpty() && surplus.isEmpty();
    }
  }

  /** The commands that add addresses. */
  static List<String> commands(List<HostAddress> wanted) {
    return wanted.stream().map(address -> "ip " + String.join(" ", addition(address))).toList();
  }

  Difference difference(List<HostAddress> wanted) throws NatException {
    List<Found> present = new ArrayList<>();
    if (IP.isInstalled()) {
      for (MetadataAddress address : MetadataAddress.values()) {
        IP.run(address.option(), "-o", "address", "show", "to", address.network())
            .lines()
            .map(line -> Found.parse(line, address))
            .forEach(present::add);
      }
    }
    return Difference.of(present, wanted);
  }

  /** Adds what is missing and removes those of ours that are not wanted. */
  void settle(Difference difference) throws NatException {
    for (HostAddress address : difference.surplus()) {
      IP.run(
          address.address().option(),
          "address",
          "delete",
          address.address().network(),
          "dev",
          address.device());
    }
    for (HostAddress address : difference.missing()) {
      IP.run(addition(address).toArray(String[]::new));
    }
  }

  /** IPv6's is deprecated from the start, so that the host itself never speaks from it. */
  private static List<String> addition(HostAddress address) {
    String mark =
        switch (address.address()) {
          case IPV4 -> "label " + LABEL;
          case IPV6 -> "nodad noprefixroute preferred_lft 0 " + METRIC;
        };
    String command =
        "%s address add %s dev %s scope link %s"
            .formatted(
                address.address().option(), address.address().network(), address.device(), mark);
    return List.of(command.split(" "));
  }
}
