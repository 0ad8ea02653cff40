// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.nat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.novacompat.metadata.command.CommandException;
import org.novacompat.metadata.command.nat.RuleOptions.BackendChoice;

/** This host: compares what it holds with what is desired, and makes it that. */
final class HostNat {
  private static final Backend IPTABLES = new Iptables();
  private static final Backend NFTABLES = new Nftables();
  private static final int CAP_NET_ADMIN = 12;

  private HostNat() {}

  /**
   * What is in place, for the operator.
   *
   * @param asDesired whether it is what is desired
   * @param lines the same in a few lines
   */
  record Report(boolean asDesired, List<String> lines) {}

  /** What {@link #apply} does on a host that has nothing of this command; asks the host nothing. */
  static String print(DesiredState desired, BackendChoice choice) {
    StringBuilder text = new StringBuilder(backend(choice, HostNat::preferred).print(desired));
    desired
        .addresses()
        .forEach(address -> text.append("# ").append(address.addition()).append('\n'));
    return text.toString();
  }

  /**
   * Makes the host hold what is desired, in one back end.
   *
   * @return a line for the operator
   */
  static String apply(DesiredState desired, BackendChoice choice) {
    requireCapability();
    Backend backend = installed(choice);
    String line = backend.name() + ": " + desired;
    if (compare(desired, backend).asDesired()) {
      return line + ", as it was before";
    }
    backend.apply(desired);
    other(backend).remove();
    HostAddresses.compare(desired.addresses()).settle();
    return line;
  }

  /**
   * Removes all that {@link #apply} added, from both back ends.
   *
   * @return a line for the operator
   */
  static String remove() {
    requireCapability();
    List<String> removed = new ArrayList<>();
    for (Backend backend : List.of(IPTABLES, NFTABLES)) {
      if (backend.remove()) {
        removed.add("the rules in " + backend.name());
      }
    }
    HostAddresses addresses = HostAddresses.compare(List.of());
    addresses.settle();
    addresses.surplus().forEach(address -> removed.add(address.toString()));
    return removed.isEmpty() ? "nothing was there" : "removed " + String.join(", ", removed);
  }

  /** Compares what is in place with what is desired. */
  static Report status(DesiredState desired, BackendChoice choice) {
    requireCapability();
    return compare(desired, installed(choice));
  }

  private static Report compare(DesiredState desired, Backend backend) {
    List<String> inForce = backend.inForce();
    boolean holds = inForce.equals(backend.expected(desired));
    boolean isOtherInUse = !other(backend).inForce().isEmpty();
    HostAddresses addresses = HostAddresses.compare(desired.addresses());
    List<String> lines = new ArrayList<>();
    if (holds) {
      lines.add(backend.name() + ": " + desired + ", as nova.conf wants it");
    } else if (inForce.isEmpty()) {
      lines.add(backend.name() + ": nothing in place; nova.conf wants " + desired);
    } else {
      lines.add(backend.name() + ": not what nova.conf wants, which is " + desired);
    }
    if (isOtherInUse) {
      lines.add(other(backend).name() + ": rules too, which apply removes");
    }
    addresses.missing().forEach(address -> lines.add("missing: " + address));
    addresses.surplus().forEach(address -> lines.add("not asked for: " + address));
    return new Report(holds && !isOtherInUse && addresses.isEmpty(), List.copyOf(lines));
  }

  private static Backend installed(BackendChoice choice) {
    Backend backend = backend(choice, HostNat::inUseOrPreferred);
    if (!backend.isInstalled()) {
      throw new CommandException(
          backend.name() + " is not installed; it comes with the package of that name");
    }
    return backend;
  }

  private static Backend backend(BackendChoice choice, Supplier<Backend> auto) {
    return switch (choice) {
      case IPTABLES -> IPTABLES;
      case NFTABLES -> NFTABLES;
      case AUTO -> auto.get();
    };
  }

  private static Backend inUseOrPreferred() {
    Backend preferred = preferred();
    Backend other = other(preferred);
    return preferred.inForce().isEmpty() && !other.inForce().isEmpty() ? other : preferred;
  }

  private static Backend preferred() {
    return !IPTABLES.isInstalled() && NFTABLES.isInstalled() ? NFTABLES : IPTABLES;
  }

  private static Backend other(Backend backend) {
    return backend == IPTABLES ? NFTABLES : IPTABLES;
  }

  /** Before any program fails for want of it in words of its own. */
  private static void requireCapability() {
    try {
      long effective =
          Files.readAllLines(Path.of("/proc/self/status")).stream()
              .filter(line -> line.startsWith("CapEff:"))
              .mapToLong(line -> Long.parseUnsignedLong(line.split("\\s+")[1], 16))
              .findFirst()
              .orElse(0);
      if ((effective >>> CAP_NET_ADMIN & 1) == 0) {
        throw new CommandException(
            "only root (CAP_NET_ADMIN) can read or change the host's rules; print needs no root");
      }
    } catch (IOException e) {
      throw new CommandException("this is no Linux with /proc: " + e.getMessage(), e);
    }
  }
}
