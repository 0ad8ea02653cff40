// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.nat;

import java.util.concurrent.Callable;
import org.novacompat.metadata.command.ConfigurationOptions;
import org.novacompat.metadata.config.NovaConf;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code nova-compat-nat status} */
@Command(
    name = "status",
    description =
        "Says what is in place. Exit status 0 when apply, with the same options, would change"
            + " nothing, else 1.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class StatusCommand implements Callable<Integer> {
  @Mixin private ConfigurationOptions configuration;
  @Mixin private RuleOptions options;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws NatException {
    NovaConf conf = configuration.read();
    Wanted wanted = options.wanted(conf);
    NovaCompatNat.advise(spec, Advice.of(conf, wanted));
    Host.Report report = new Host().status(wanted, options.backend());
    report.lines().forEach(spec.commandLine().getOut()::println);
    return report.asWanted() ? 0 : 1;
  }
}
