// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.client;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** A command line that cannot be meant; ends the command with its usage and exit status 2. */
final class Usage {
  private Usage() {}

  static ParameterException wrong(CommandSpec command, String sentence) {
    return new ParameterException(command.commandLine(), sentence);
  }
}
