// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.nat;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * iptables, in either of its kinds (nf_tables and legacy): chains of our own in the tables {@code
 * nat} and {@code filter}, and one jump to each from the front of a built-in chain.
 */
final class Iptables implements Backend {
  private static final String PACKAGE = "the package iptables";
  private static final String[] RESTORE = {"--noflush", "-w", "5"};

  @Override
  public String name() {
    return "iptables";
  }

  @Override
  public boolean isInstalled() {
    return save(MetadataAddress.IPV4).isInstalled();
  }

  @Override
  public String file(Rules rules) {
    String commands =
        rules.mappings().stream()
            .map(mapping -> restore(mapping.address()).name() + " --noflush FILE")
            .collect(Collectors.joining(" && "));
    return "# For a host that has none of these yet: "
        + commands
        + "\n"
        + IptablesFile.apply(rules, new IptablesSave(Map.of()));
  }

  @Override
  public State state(Rules rules) throws NatException {
    boolean anything = false;
    boolean asWanted = true;
    for (MetadataAddress address : MetadataAddress.values()) {
      IptablesSave present = present(address);
      anything |= !present.isEmpty();
      asWanted &=
          rules
              .of(address)
              .map(mapping -> present.holds(mapping, rules.interfaces()))
              .orElse(present.isEmpty());
    }
    if (!anything) {
      return State.NONE;
    }
    return asWanted ? State.AS_WANTED : State.OTHERWISE;
  }

  @Override
  public void apply(Rules rules) throws NatException {
    for (MetadataAddress address : MetadataAddress.values()) {
      Optional<Mapping> mapping = rules.of(address);
      if (mapping.isPresent()) {
        restore(address).feed(IptablesFile.apply(rules, present(address)), RESTORE);
      } else {
        remove(address);
      }
    }
  }

  @Override
  public boolean remove() throws NatException {
    boolean anything = false;
    for (MetadataAddress address : MetadataAddress.values()) {
      anything |= remove(address);
    }
    return anything;
  }

  private static boolean remove(MetadataAddress address) throws NatException {
    IptablesSave present = present(address);
    if (present.isEmpty()) {
      return false;
    }
    restore(address).feed(IptablesFile.remove(present), RESTORE);
    return true;
  }

  private static IptablesSave present(MetadataAddress address) throws NatException {
    Program save = save(address);
    return IptablesSave.parse(save.isInstalled() ? save.run() : "");
  }

  private static Program save(MetadataAddress address) {
    return new Program(command(address) + "-save", PACKAGE);
  }

  private static Program restore(MetadataAddress address) {
    return new Program(command(address) + "-restore", PACKAGE);
  }

  private static String command(MetadataAddress address) {
    return switch (address) {
      case IPV4 -> "iptables";
      case IPV6 -> "ip6tables";
    };
  }
}
