// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.nat;

import java.util.concurrent.Callable;
import org.novacompat.metadata.command.ConfigurationOptions;
import org.novacompat.metadata.config.NovaConf;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code nova-compat-nat apply} */
@Command(
    name = "apply",
    description =
        "Puts the rules in place, in the place of those that an earlier apply put there. The host's"
            + " other rules stay as they are. They last until the next boot.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ApplyCommand implements Callable<Integer> {
  @Mixin private ConfigurationOptions configuration;
  @Mixin private RuleOptions options;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws NatException {
    NovaConf conf = configuration.read();
    Wanted wanted = options.wanted(conf);
    NovaCompatNat.advise(spec, Advice.of(conf, wanted));
    spec.commandLine().getOut().println(new Host().apply(wanted, options.backend()));
    return 0;
  }
}
