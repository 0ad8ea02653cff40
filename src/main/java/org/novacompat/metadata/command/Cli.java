// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command;

import java.io.PrintWriter;
import org.novacompat.metadata.config.oslo.InvalidConfigurationException;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** How every command reads its command line and reports what fails. */
public final class Cli {
  private Cli() {}

  /**
   * Sets up picocli. A wrong command line ends with exit status 2 and a hint at {@code --help}; a
   * {@link CommandException} or an unusable nova.conf ends with 1 and its message.
   *
   * @param command an object with picocli's annotations
   */
  public static CommandLine of(Object command) {
    return new CommandLine(command)
        .setUsageHelpAutoWidth(true)
        .setExpandAtFiles(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Cli::refuse)
        .setExecutionExceptionHandler(Cli::fail);
  }

  private static int refuse(ParameterException mistake, String[] arguments) {
    CommandLine command = mistake.getCommandLine();
    PrintWriter console = command.getErr();
    console.println(mistake.getMessage());
    UnmatchedArgumentException.printSuggestions(mistake, console);
    console.println("See '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return ExitCode.USAGE;
  }

  private static int fail(Exception failure, CommandLine command, ParseResult parsed)
      throws Exception {
    if (failure instanceof CommandException || failure instanceof InvalidConfigurationException) {
      command.getErr().println(failure.getMessage());
      return ExitCode.SOFTWARE;
    }
    throw failure;
  }
}
