// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.nat;

import java.util.List;
import java.util.Optional;
import org.novacompat.metadata.config.NovaConf;
import picocli.CommandLine.Option;

/** The options that say, beside nova.conf, which rules a host gets. */
final class RuleOptions {
  @Option(
      names = "--backend",
      paramLabel = "BACKEND",
      defaultValue = "auto",
      description = {
        "iptables, nftables or auto (the default): the one that holds rules of this command; else"
            + " iptables where it is installed, since it can let guests past a firewall made with"
            + " iptables; else nftables."
      })
  private BackendChoice backend;

  @Option(
      names = "--interface",
      paramLabel = "IF",
      description = {
        "Where guests come in, such as br100, or tap+ for all that begin with tap; may be given"
            + " again. Default: any interface."
      })
  private List<GuestInterface> interfaces = List.of();

  @Option(
      names = "--add-address",
      description = {
        "Also gives this host the address that guests ask: 169.254.169.254 on lo, for guests that"
            + " look for it on their own link because their gateway is not this host;"
            + " fe80::a9fe:a9fe on each --interface, without which no guest finds it by IPv6. Not"
            + " for a host that itself asks a metadata service."
      })
  private boolean addAddress;

  /** The back end that the operator chooses. */
  enum BackendChoice {
    /** The rules are in the tables of iptables. */
    IPTABLES,
    /** The rules are in a table of nftables. */
    NFTABLES,
    /** As the help of {@code --backend} says. */
    AUTO
  }

  BackendChoice backend() {
    return backend;
  }

  DesiredState desired(NovaConf conf) {
    DesiredState desired = DesiredState.of(conf, interfaces);
    return addAddress ? desired.withAddresses() : desired;
  }

  /** What {@code --add-address} does not do for want of {@code --interface}. */
  Optional<String> warning(DesiredState desired) {
    boolean isAdded =
        desired.addresses().stream().anyMatch(added -> added.address() == MetadataAddress.IPV6);
    return addAddress && desired.of(MetadataAddress.IPV6).isPresent() && !isAdded
        ? Optional.of(
            MetadataAddress.IPV6.text()
                + " is added to no interface, because none is named by --interface")
        : Optional.empty();
  }
}
