// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.nat;

import java.util.concurrent.Callable;
import org.novacompat.metadata.command.ConfigurationOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code nova-compat-nat remove} */
@Command(
    name = "remove",
    description =
        "Removes all that apply added, from both back ends, and nothing else. Reads no nova.conf; the"
            + " options are only there so that a line for apply can be used again.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class RemoveCommand implements Callable<Integer> {
  @Mixin private ConfigurationOptions configuration;
  @Mixin private RuleOptions options;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws NatException {
    spec.commandLine().getOut().println(new Host().remove());
    return 0;
  }
}
