// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.client;

import java.io.PrintWriter;
import java.util.Map;
import org.novacompat.metadata.command.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code nova-compat-metadata}. */
@Command(
    name = "nova-compat-metadata",
    description = {
      "Manages the custom metadata of an instance over the eSurfing OpenAPI: what its guest reads"
          + " under http://169.254.169.254/spec-meta-data."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    synopsisSubcommandLabel = "create|details|update|delete",
    footer = {
      "",
      "Each call is signed with an access key, which the operator of the cloud hands out. Its"
          + " secret is never an argument, for others could see it in the list of processes:"
          + " --keys-file names the file that holds it, with mode 0600, as the operator keeps it"
          + " or a part of it:",
      "  [ID]",
      "  secret = SECRET",
      "  projects = PROJECT-ID",
      "",
      "What is the same for every call can be in the environment:",
      "  NOVA_COMPAT_ENDPOINT    --endpoint",
      "  NOVA_COMPAT_REGION      --region",
      "  NOVA_COMPAT_AZ          --az",
      "  NOVA_COMPAT_KEYS_FILE   --keys-file",
      "  NOVA_COMPAT_ACCESS_KEY  --access-key",
      "  NOVA_COMPAT_CACERT      --cacert",
      "  NOVA_COMPAT_SECRET_KEY  the secret, where there is no file",
      "",
      "To set two values, look at them, change one, and remove all:",
      "  export NOVA_COMPAT_ENDPOINT=https://controller.example.org:8743",
      "  export NOVA_COMPAT_REGION=RegionOne NOVA_COMPAT_KEYS_FILE=~/access-key",
      "  INSTANCE=c44de03e-300b-7237-1827-b51aeaff3ccd",
      "  nova-compat-metadata create $INSTANCE test1=123 test2=abc",
      "  nova-compat-metadata details $INSTANCE",
      "  nova-compat-metadata update $INSTANCE test1=789",
      "  nova-compat-metadata delete $INSTANCE",
      "",
      "A value that is more than a text, and how the guest reads it:",
      "  nova-compat-metadata create $INSTANCE --json ports='[80, 443]'",
      "  curl http://169.254.169.254/meta-data/instance/specs/ports",
      "",
      "What the OpenAPI returns is written to standard output, as JSON; why something was not done,"
          + " to standard error.",
      "",
      "Exit status: 0 done; 1 not done; 2 wrong command line."
    })
public final class NovaCompatMetadata {
  private static final int FAILED = 1;

  NovaCompatMetadata() {}

  /**
   * Runs the command and ends the JVM with its exit status.
   *
   * @param arguments the command line
   */
  public static void main(String[] arguments) {
    System.exit(commandLine(System.getenv()).execute(arguments));
  }

  static CommandLine commandLine(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    return new CommandLine(new NovaCompatMetadata())
        .addSubcommand(new CreateCommand(environment))
        .addSubcommand(new DetailsCommand(environment))
        .addSubcommand(new UpdateCommand(environment))
        .addSubcommand(new DeleteCommand(environment))
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler(NovaCompatMetadata::complain)
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              if (failure instanceof ClientException) {
                command.getErr().println(failure.getMessage());
                return FAILED;
              }
              throw failure;
            });
  }

  private static int complain(ParameterException mistake, String[] arguments) {
    CommandLine command = mistake.getCommandLine();
    PrintWriter console = command.getErr();
    console.println(mistake.getMessage());
    UnmatchedArgumentException.printSuggestions(mistake, console);
    console.println("'" + command.getCommandSpec().qualifiedName() + " --help' tells more.");
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }
}
