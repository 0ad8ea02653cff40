// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.nat;

import java.io.PrintWriter;
import java.util.stream.Stream;
import org.novacompat.metadata.command.Cli;
import org.novacompat.metadata.command.ConfigurationOptions;
import org.novacompat.metadata.command.Version;
import org.novacompat.metadata.config.NovaConf;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code nova-compat-nat}. */
@Command(
    name = "nova-compat-nat",
    description = {
      "Brings the guests of a network without a metadata agent to the metadata service: connections"
          + " to 169.254.169.254 port 80, and to fe80::a9fe:a9fe by IPv6, go to metadata_host and"
          + " metadata_port of nova.conf. Guests keep their address, by which the service knows"
          + " them."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    synopsisSubcommandLabel = "print|apply|status|remove",
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
      "What it adds is known by its name: the chains nova-compat-PREROUTING and"
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
      "Exit status: 0 done, or in place as wanted; 1 not done, or not in place; 2 wrong command"
          + " line."
    })
public final class NovaCompatNat {
  @Spec private CommandSpec spec;

  NovaCompatNat() {}

  /**
   * Runs the command and ends the JVM with its exit status.
   *
   * @param arguments the command line
   */
  public static void main(String[] arguments) {
    System.exit(
        Cli.of(new NovaCompatNat())
            .registerConverter(GuestInterface.class, GuestInterface::new)
            .execute(arguments));
  }

  @Command(
      description = {
        "Writes the rules that apply adds, as a file that iptables-restore or nft reads. Changes"
            + " nothing and needs no root."
      },
      mixinStandardHelpOptions = true,
      sortOptions = false)
  void print(@Mixin ConfigurationOptions configuration, @Mixin RuleOptions options) {
    out().print(HostNat.print(desired(configuration, options), options.backend()));
    out().flush();
  }

  @Command(
      description = {
        "Puts the rules in place, instead of those of an earlier apply. The host's other rules stay"
            + " as they are. The rules last until the next boot."
      },
      mixinStandardHelpOptions = true,
      sortOptions = false)
  void apply(@Mixin ConfigurationOptions configuration, @Mixin RuleOptions options) {
    out().println(HostNat.apply(desired(configuration, options), options.backend()));
  }

  @Command(
      description = {
        "Compares what is in place with what apply, with the same options, would put there. Exit"
            + " status 0 when it is the same, else 1."
      },
      mixinStandardHelpOptions = true,
      sortOptions = false)
  int status(@Mixin ConfigurationOptions configuration, @Mixin RuleOptions options) {
    HostNat.Report report = HostNat.status(desired(configuration, options), options.backend());
    report.lines().forEach(out()::println);
    return report.asDesired() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  @Command(
      description = {
        "Removes all that apply added, from both back ends, and nothing else. Reads no nova.conf;"
            + " the options are only there so that a line for apply can be used again."
      },
      mixinStandardHelpOptions = true,
      sortOptions = false)
  void remove(@Mixin ConfigurationOptions configuration, @Mixin RuleOptions options) {
    out().println(HostNat.remove());
  }

  private DesiredState desired(ConfigurationOptions configuration, RuleOptions options) {
    NovaConf conf = configuration.read();
    DesiredState desired = options.desired(conf);
    PrintWriter console = spec.commandLine().getErr();
    Stream.concat(
            ReachabilityWarnings.of(conf, desired).stream(), options.warning(desired).stream())
        .forEach(warning -> console.println("note: " + warning));
    return desired;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
