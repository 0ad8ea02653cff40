// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.nat;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.novacompat.metadata.command.ConfigurationOptions;
import org.novacompat.metadata.config.NovaConf;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code nova-compat-nat print} */
@Command(
    name = "print",
    description =
        "Writes the rules that apply would add, as a file that iptables-restore or nft reads."
            + " Changes nothing and needs no root.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class PrintCommand implements Callable<Integer> {
  @Mixin private ConfigurationOptions configuration;
  @Mixin private RuleOptions options;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    NovaConf conf = configuration.read();
    Wanted wanted = options.wanted(conf);
    NovaCompatNat.advise(spec, Advice.of(conf, wanted));
    PrintWriter out = spec.commandLine().getOut();
    out.print(new Host().print(wanted, options.backend()));
    out.flush();
    return 0;
  }
}
