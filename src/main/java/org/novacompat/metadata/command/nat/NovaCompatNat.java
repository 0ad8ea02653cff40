// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.nat;

import java.io.PrintWriter;
import java.util.List;
import org.novacompat.metadata.command.Version;
import org.novacompat.metadata.config.InvalidConfigurationException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** The command {@code nova-compat-nat}. */
@Command(
    name = "nova-compat-nat",
    description = {
      "Brings the guests of a network without a metadata agent to the metadata service: connections to"
          + " 169.254.169.254 port 80, and to fe80::a9fe:a9fe by IPv6, go to metadata_host and"
          + " metadata_port of nova.conf. Guests keep their address, by which the service knows them."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    synopsisSubcommandLabel = "print|apply|status|remove",
    subcommands = {
      PrintCommand.class,
      ApplyCommand.class,
      StatusCommand.class,
      RemoveCommand.class
    },
    footer = {
      "",
      "Of nova.conf it reads:",
      "  [DEFAULT] metadata_host           who answers; by default $my_ip.",
      "                                    127.0.0.1 is the host that this runs on",
      "  [DEFAULT] metadata_port           the port there; by default 8775",
      "  [nova_compat] metadata_host_ipv6  who answers by IPv6; ::1 is the host that",
      "                                    this runs on. When unset, metadata_host",
      "                                    if that is IPv6; else no rules for IPv6",
      "",
      "On the host that guests have as their gateway, to look first and then do it:",
      "  nova-compat-nat print --interface br100",
      "  nova-compat-nat apply --interface br100",
      "  nova-compat-nat status --interface br100",
      "",
      "What it adds can be told by its name: the chains nova-compat-PREROUTING and"
          + " nova-compat-accept of iptables, or the table inet nova_compat of nftables; addresses"
          + " have the label lo:nova-compat or the metric 169254.",
      "",
      "A rule of nftables cannot open what another table closes: where the host's firewall is made"
          + " with nft and drops what it does not know, let it accept the port, for example by"
          + " 'ct status dnat tcp dport 8775 accept'.",
      "",
      "By IPv6, guests ask a neighbour: run it where the service is, with --add-address and their"
          + " --interface. A guest is known by its fixed address, so it has to ask from that.",
      "",
      "Exit status: 0 done, or in place as wanted; 1 not done, or not in place; 2 wrong command line."
    })
public final class NovaCompatNat {
  private static final int FAILED = 1;

  NovaCompatNat() {}

  /**
   * Runs the command and ends the JVM with its exit status.
   *
   * @param arguments the command line
   */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new NovaCompatNat())
        .setUsageHelpAutoWidth(true)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              if (failure instanceof NatException
                  || failure instanceof InvalidConfigurationException) {
                command.getErr().println(failure.getMessage());
                return FAILED;
              }
              throw failure;
            });
  }

  static void advise(CommandSpec command, List<String> advice) {
    PrintWriter console = command.commandLine().getErr();
    advice.forEach(sentence -> console.println("note: " + sentence));
  }
}
