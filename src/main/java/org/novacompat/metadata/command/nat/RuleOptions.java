// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.nat;

import java.util.List;
import org.novacompat.metadata.config.NovaConf;
import picocli.CommandLine.Option;

/** What the operator says besides nova.conf. */
final class RuleOptions {
  @Option(
      names = "--backend",
      paramLabel = "BACKEND",
      defaultValue = "auto",
      description = {
        "iptables, nftables or auto (the default): the one that holds rules of ours; else iptables"
            + " where it is installed, since it can let guests past a firewall made with iptables;"
            + " else nftables."
      })
  private BackendChoice backend;

  @Option(
      names = "--interface",
      paramLabel = "IF",
      converter = GuestInterface.Named.class,
      description =
          "Where guests come in, such as br100, or tap+ for all that begin with tap; may be given"
              + " again. Default: any interface.")
  private List<GuestInterface> interfaces = List.of();

  @Option(
      names = "--add-address",
      description = {
        "Also gives this host the address that guests ask: 169.254.169.254 on lo, for guests that look"
            + " for it on their own link because their gateway is not this host;"
            + " fe80::a9fe:a9fe on each --interface, without which no guest finds it by IPv6."
            + " Not for a host that itself asks a metadata service."
      })
  private boolean addAddress;

  BackendChoice backend() {
    return backend;
  }

  Wanted wanted(NovaConf conf) {
    return new Wanted(Rules.from(conf, interfaces), addAddress);
  }
}
