// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.serve;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.novacompat.metadata.command.ConfigurationOptions;
import org.novacompat.metadata.config.oslo.Arguments;
import org.novacompat.metadata.config.oslo.OptionName;
import picocli.CommandLine.INegatableOptionTransformer;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The options of nova.conf that nova-api-metadata's command line takes besides {@link
 * ConfigurationOptions}: those that oslo.log registers for it ({@code oslo_log/_options.py:
 * common_cli_opts, logging_cli_opts}) and those of nova's debugger ({@code
 * nova/conf/remote_debug.py}).
 *
 * @param configuration collects what the command line sets
 */
record NovaOptions(ConfigurationOptions configuration) {
  private static final String LONG = "--";

  /** This project's own options, which are not abbreviated. */
  private static final Set<String> OWN = Set.of("--demo", TrainingRun.OPTION);

  /**
   * Adds them to a command.
   *
   * @param command the command
   * @param configuration collects what the command line sets
   */
  static void addTo(CommandSpec command, ConfigurationOptions configuration) {
    NovaOptions options = new NovaOptions(configuration);
    command.negatableOptionTransformer(Negation.INSTANCE);
    command.addArgGroup(
        group(
            "The log, as on nova's own command line (\"not yet\": the start says so):",
            options.ofTheLog()));
    command.addArgGroup(group("Nova's debugger, accepted as by nova:", options.ofTheDebugger()));
  }

  private static ArgGroupSpec group(String heading, List<OptionSpec> options) {
    ArgGroupSpec.Builder group = ArgGroupSpec.builder().validate(false);
    options.forEach(group::addArg);
    return group.heading("%n" + heading + "%n").build();
  }

  private List<OptionSpec> ofTheLog() {
    return List.of(
        flag("debug", "Log every step, rather than what matters to an operator.", "-d"),
        text("log-file", "PATH", "The file to log to, under --log-dir unless it is absolute."),
        former("log-file", "--logfile"),
        text("log-dir", "DIR", "The folder for the log."),
        former("log-dir", "--logdir"),
        flag("watch-log-file", "Reopen a log that was moved away; this service always does."),
        flag("use-syslog", "Log to syslog; not yet."),
        text("syslog-log-facility", "FACILITY", "The facility of what syslog gets; not yet."),
        flag("use-journal", "Log to systemd's journal; not yet."),
        flag("use-json", "Log in JSON; not yet."),
        text("log-date-format", "FORMAT", "How dates are written in the log; not yet."),
        text("log-config-append", "PATH", "A file that configures Python's logging; not yet."),
        former("log-config-append", "--log-config", "--log_config"));
  }

  private List<OptionSpec> ofTheDebugger() {
    OptionName host = new OptionName("remote_debug", "host");
    OptionName port = new OptionName("remote_debug", "port");
    return List.of(
        setting(host, "--remote_debug-host", String.class, "HOST")
            .description("Where a debugger for Python waits; means nothing here.")
            .build(),
        setting(port, "--remote_debug-port", Integer.class, "PORT")
            .description("The debugger's port; means nothing here.")
            .build());
  }

  private OptionSpec flag(String name, String help, String... shortNames) {
    return setting(option(name), LONG + name, Boolean.class, "", shortNames)
        .arity("0")
        .negatable(true)
        .description(help)
        .build();
  }

  private OptionSpec text(String name, String label, String help) {
    return setting(option(name), LONG + name, String.class, label).description(help).build();
  }

  /** Names of an option in earlier releases of nova, which no help shows. */
  private OptionSpec former(String name, String... formerNames) {
    return setting(option(name), LONG + name, String.class, "")
        .names(formerNames)
        .hidden(true)
        .build();
  }

  private static OptionName option(String name) {
    return new OptionName(OptionName.DEFAULT_GROUP, name.replace('-', '_'));
  }

  private OptionSpec.Builder setting(
      OptionName option, String longName, Class<?> type, String label, String... shortNames) {
    return OptionSpec.builder(
            Stream.concat(Arrays.stream(shortNames), Stream.of(longName)).toArray(String[]::new))
        .type(type)
        .arity("1")
        .paramLabel(label)
        .setter(
            new ISetter() {
              @Override
              public <T> T set(T value) {
                if (value != null) { // as picocli sets it before it parses
                  String name = value.equals(false) ? Negation.of(longName) : longName;
                  configuration.set(new Arguments.Set(option, value.toString(), name));
                }
                return value;
              }
            });
  }

  /**
   * Expands abbreviations: as in nova's commands, the beginning of a long option stands for it
   * where it is the beginning of no other.
   *
   * @param command the command
   * @param arguments a command line
   * @return the same without abbreviations
   */
  static String[] expanded(CommandSpec command, String... arguments) {
    List<String> names =
        Stream.of(command.optionsMap().keySet(), command.negatedOptionsMap().keySet())
            .flatMap(Set::stream)
            .filter(name -> name.startsWith(LONG) && !OWN.contains(name))
            .toList();
    return Stream.of(arguments).map(word -> expanded(names, word)).toArray(String[]::new);
  }

  private static String expanded(List<String> names, String argument) {
    int end = argument.indexOf('=');
    String name = end < 0 ? argument : argument.substring(0, end);
    List<String> matches = names.stream().filter(any -> any.startsWith(name)).toList();
    boolean isAbbreviated =
        name.startsWith(LONG) && name.length() > LONG.length() && matches.size() == 1;
    return isAbbreviated ? matches.get(0) + argument.substring(name.length()) : argument;
  }

  /** oslo.config's way to switch an option off: {@code --nodebug}. */
  private enum Negation implements INegatableOptionTransformer {
    INSTANCE;

    static String of(String longName) {
      return "--no" + longName.substring(LONG.length());
    }

    @Override
    public String makeNegative(String name, CommandSpec command) {
      return name.startsWith(LONG) ? of(name) : name;
    }

    @Override
    public String makeSynopsis(String name, CommandSpec command) {
      return name.startsWith(LONG) ? "--[no]" + name.substring(LONG.length()) : name;
    }
  }
}
