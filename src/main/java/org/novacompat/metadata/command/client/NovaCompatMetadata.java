// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.novacompat.metadata.command.Cli;
import org.novacompat.metadata.command.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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
  private static final String VARIABLE_PREFIX = "NOVA_COMPAT_";
  private static final Set<String> OPTIONS_WITH_VARIABLE =
      Set.of("--endpoint", "--region", "--az", "--keys-file", "--access-key", "--cacert");

  private final Map<String, String> environment;
  @Spec private CommandSpec spec;

  NovaCompatMetadata(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * Runs the command and ends the JVM with its exit status.
   *
   * @param arguments the command line
   */
  public static void main(String[] arguments) {
    System.exit(commandLine(System.getenv()).execute(arguments));
  }

  static CommandLine commandLine(Map<String, String> environment) {
    NovaCompatMetadata command = new NovaCompatMetadata(environment);
    return Cli.of(command).setDefaultValueProvider(command::defaultValue);
  }

  @Command(
      description = "Sets metadata. Keys that are there already get the new value, others stay.",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      footer = {
        "",
        "Examples:",
        "  nova-compat-metadata create $INSTANCE test1=123 test2=abc",
        "  nova-compat-metadata create $INSTANCE --json ports='[80, 443]'",
        "  nova-compat-metadata create $INSTANCE --file metadata.json",
        "  echo '{\"test1\": \"123\"}' | nova-compat-metadata create $INSTANCE --file -"
      })
  void create(@Mixin MetadataOptions metadata, @Mixin EndpointOptions endpoint) {
    show(connect(endpoint).post("create", metadata.body()));
  }

  @Command(
      description = "Shows the metadata, changes nothing.",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      footer = {
        "",
        "Examples:",
        "  nova-compat-metadata details $INSTANCE",
        "  nova-compat-metadata details $INSTANCE --key test1"
      })
  void details(
      @Mixin InstanceOptions instance,
      @Mixin EndpointOptions endpoint,
      @Option(names = "--key", paramLabel = "KEY", description = "Show this key alone.")
          Optional<String> key) {
    SortedMap<String, String> query = instance.query();
    key.ifPresent(name -> query.put("metadataKey", name));
    show(connect(endpoint).get("details", query));
  }

  @Command(
      description = {
        "Changes metadata: keys that are given get the new value, others stay as they are, unless"
            + " --force is given."
      },
      mixinStandardHelpOptions = true,
      sortOptions = false,
      footer = {
        "",
        "Examples:",
        "  nova-compat-metadata update $INSTANCE test1=789",
        "  nova-compat-metadata update $INSTANCE --force test3=IGs9"
      })
  void update(
      @Mixin MetadataOptions metadata,
      @Mixin EndpointOptions endpoint,
      @Option(
              names = "--force",
              description =
                  "Replace all metadata that is there: keys that are not given are removed.")
          boolean force) {
    ObjectNode body = metadata.body();
    if (force) {
      body.put("isForce", true);
    }
    show(connect(endpoint).post("update", body));
  }

  @Command(
      description = {
        "Removes all metadata of the instance. To remove some keys, give those that are to stay to"
            + " 'update --force'."
      },
      mixinStandardHelpOptions = true,
      sortOptions = false,
      footer = {"", "Example:", "  nova-compat-metadata delete $INSTANCE"})
  void delete(@Mixin InstanceOptions instance, @Mixin EndpointOptions endpoint) {
    show(connect(endpoint).post("delete", instance.body()));
  }

  private MetadataApi connect(EndpointOptions endpoint) {
    return endpoint.connect(variable("SECRET_KEY"));
  }

  private void show(JsonNode returned) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(Json.indented(returned));
    out.flush();
  }

  private String defaultValue(ArgSpec argument) {
    return Optional.of(argument)
        .filter(OptionSpec.class::isInstance)
        .map(option -> ((OptionSpec) option).longestName())
        .filter(OPTIONS_WITH_VARIABLE::contains)
        .map(name -> name.substring(2).replace('-', '_').toUpperCase(Locale.ROOT))
        .flatMap(this::variable)
        .orElse(null);
  }

  /** A variable that is empty counts as one that is not set. */
  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(VARIABLE_PREFIX + name))
        .filter(value -> !value.isEmpty());
  }
}
