// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.nat;

import java.util.ArrayList;
import java.util.List;

/** This host: what of ours is on it, and how to make that what is wanted. */
final class Host {
  private final Backend iptables = new Iptables();
  private final Backend nftables = new Nftables();
  private final HostAddresses addresses = new HostAddresses();

  /**
   * What is there, for the operator.
   *
   * @param asWanted whether it is what is wanted
   * @param lines the same in a line or two
   */
  record Report(boolean asWanted, List<String> lines) {}

  /** What {@link #apply} would do on a host that has nothing of ours; asks the host nothing. */
  String print(Wanted wanted, BackendChoice choice) {
    Backend backend =
        switch (choice) {
          case IPTABLES -> iptables;
          case NFTABLES -> nftables;
          case AUTO -> preferred();
        };
    StringBuilder text = new StringBuilder(backend.file(wanted.rules()));
    HostAddresses.commands(wanted.addresses())
        .forEach(command -> text.append("# ").append(command).append('\n'));
    return text.toString();
  }

  /**
   * Makes the host hold what is wanted, in one back end.
   *
   * @return a line for the operator
   */
  String apply(Wanted wanted, BackendChoice choice) throws NatException {
    Privilege.require();
    Backend backend = choose(wanted.rules(), choice);
    if (status(wanted, backend).asWanted()) {
      return backend.name() + ": " + wanted.rules() + ", as it was before";
    }
    backend.apply(wanted.rules());
    otherThan(backend).remove();
    addresses.settle(addresses.difference(wanted.addresses()));
    return backend.name() + ": " + wanted.rules();
  }

  /**
   * Removes all that is ours, from both back ends.
   *
   * @return a line for the operator
   */
  String remove() throws NatException {
    Privilege.require();
    List<String> removed = new ArrayList<>();
    for (Backend backend : List.of(iptables, nftables)) {
      if (backend.remove()) {
        removed.add("the rules in " + backend.name());
      }
    }
    HostAddresses.Difference ours = addresses.difference(List.of());
    addresses.settle(ours);
    ours.surplus().forEach(address -> removed.add(address.toString()));
    return removed.isEmpty() ? "nothing was there" : "removed " + String.join(", ", removed);
  }

  /** Compares what is there with what is wanted. */
  Report status(Wanted wanted, BackendChoice choice) throws NatException {
    Privilege.require();
    return status(wanted, choose(wanted.rules(), choice));
  }

  private Report status(Wanted wanted, Backend backend) throws NatException {
    Rules rules = wanted.rules();
    Backend other = otherThan(backend);
    HostAddresses.Difference difference = addresses.difference(wanted.addresses());
    Backend.State state = backend.state(rules);
    boolean tidy = other.state(rules) == Backend.State.NONE;
    List<String> lines = new ArrayList<>();
    lines.add(
        switch (state) {
          case NONE -> backend.name() + ": nothing in place; nova.conf wants " + rules;
          case AS_WANTED -> backend.name() + ": " + rules + ", as nova.conf wants it";
          case OTHERWISE -> backend.name() + ": not what nova.conf wants, which is " + rules;
        });
    if (!tidy) {
      lines.add(other.name() + ": rules too, which apply removes");
    }
    difference.missing().forEach(address -> lines.add("missing: " + address));
    difference.surplus().forEach(address -> lines.add("not asked for: " + address));
    return new Report(
        state == Backend.State.AS_WANTED && tidy && difference.isNone(), List.copyOf(lines));
  }

  private Backend choose(Rules rules, BackendChoice choice) throws NatException {
    Backend backend =
        switch (choice) {
          case IPTABLES -> iptables;
          case NFTABLES -> nftables;
          case AUTO -> inUse(rules);
        };
    if (!backend.isInstalled()) {
      throw new NatException(
          backend.name() + " is not installed; it comes with the package of that name");
    }
    return backend;
  }

  private Backend inUse(Rules rules) throws NatException {
    Backend preferred = preferred();
    Backend other = otherThan(preferred);
    boolean elsewhere =
        preferred.state(rules) == Backend.State.NONE && other.state(rules) != Backend.State.NONE;
    return elsewhere ? other : preferred;
  }

  private Backend preferred() {
    return !iptables.isInstalled() && nftables.isInstalled() ? nftables : iptables;
  }

  private Backend otherThan(Backend backend) {
    return backend == iptables ? nftables : iptables;
  }
}
