// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.serve;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.novacompat.metadata.command.ConfigurationOptions;
import org.novacompat.metadata.config.Arguments;
import org.novacompat.metadata.config.OptionName;
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
 */
final class NovaOptions {
  private static final String DEFAULT = OptionName.DEFAULT_GROUP;
  private static final String DEBUGGER = "remote_debug";
  private static final String LONG = "--";
  private static final String NO = "--no";

  private static final List<NovaOption<?>> OF_THE_LOG =
      List.of(
          flag("debug", "Log every step, rather than what matters to an operator.", "-d"),
          text("log-file", "PATH", "The file to log to, under --log-dir unless it is absolute.")
              .formerly("--logfile"),
          text("log-dir", "DIR", "The folder for the log.").formerly("--logdir"),
          flag(
              "watch-log-file",
              "Open the log anew when it was moved away; this service always does."),
          flag("use-syslog", "Log to syslog; not yet."),
          text(
              "syslog-log-facility",
              "FACILITY",
              "The facility of what is logged to syslog; not yet."),
          flag("use-journal", "Log to systemd's journal; not yet."),
          flag("use-json", "Log in JSON; not yet."),
          text("log-date-format", "FORMAT", "How dates are written in the log; not yet."),
          text("log-config-append", "PATH", "A file that configures Python's logging; not yet.")
              .formerly("--log-config", "--log_config"));

  private static final List<NovaOption<?>> OF_THE_DEBUGGER =
      List.of(
          new NovaOption<>(
              new OptionName(DEBUGGER, "host"),
              String.class,
              List.of("--remote_debug-host"),
              List.of(),
              "HOST",
              "Where a debugger for Python waits; means nothing here."),
          new NovaOption<>(
              new OptionName(DEBUGGER, "port"),
              Integer.class,
              List.of("--remote_debug-port"),
              List.of(),
              "PORT",
              "The debugger's port; means nothing here."));

  private static final Set<String> LONG_NAMES =
      Stream.concat(
              Stream.of("--config-file", "--config-dir", "--help", "--version"),
              Stream.of(OF_THE_LOG, OF_THE_DEBUGGER)
                  .flatMap(List::stream)
                  .flatMap(NovaOption::allNames))
          .filter(name -> name.startsWith(LONG))
          .collect(Collectors.toUnmodifiableSet());

  private NovaOptions() {}

  /**
   * Has a command take them.
   *
   * @param command the command
   * @param configuration what they are taken down in
   */
  static void addTo(CommandSpec command, ConfigurationOptions configuration) {
    command.negatableOptionTransformer(Negation.INSTANCE);
    command.addArgGroup(
        group(
            "The log, as nova's own command line has it (\"not yet\": the start says so):",
            OF_THE_LOG,
            configuration));
    command.addArgGroup(
        group("Nova's debugger, accepted as by nova:", OF_THE_DEBUGGER, configuration));
  }

  private static ArgGroupSpec group(
      String heading, List<NovaOption<?>> options, ConfigurationOptions configuration) {
    ArgGroupSpec.Builder group =
        ArgGroupSpec.builder().validate(false).heading("%n" + heading + "%n");
    options.forEach(option -> option.specifications(configuration).forEach(group::addArg));
    return group.build();
  }

  /**
   * Writes out what is abbreviated: as in nova's commands, the beginning of a long option stands
   * for it where it is the beginning of no other. This project's own options are not abbreviated.
   *
   * @param arguments a command line
   * @return the same without abbreviations
   */
  static String[] writtenOut(String... arguments) {
    return Stream.of(arguments).map(NovaOptions::writtenOut).toArray(String[]::new);
  }

  private static String writtenOut(String argument) {
    int end = argument.indexOf('=');
    String name = end < 0 ? argument : argument.substring(0, end);
    List<String> meant = LONG_NAMES.stream().filter(any -> any.startsWith(name)).toList();
    boolean abbreviated =
        name.startsWith(LONG) && meant.size() == 1 && name.length() > LONG.length();
    return abbreviated ? meant.get(0) + argument.substring(name.length()) : argument;
  }

  /**
   * One of them.
   *
   * @param option the option of nova.conf
   * @param type what it takes: {@link Boolean} for one that is given without a value
   * @param names how it is written on a command line
   * @param formerNames how it was written once, and may be
   * @param label what stands for its value in a help
   * @param help what it is for
   */
  private record NovaOption<T>(
      OptionName option,
      Class<T> type,
      List<String> names,
      List<String> formerNames,
      String label,
      String help) {

    /** The same option, known also by names that no help shows. */
    NovaOption<T> formerly(String... others) {
      return new NovaOption<>(option, type, names, List.of(others), label, help);
    }

    boolean isFlag() {
      return type.equals(Boolean.class);
    }

    Stream<String> allNames() {
      return isFlag()
          ? names.stream()
              .flatMap(name -> Stream.of(name, Negation.INSTANCE.makeNegative(name, null)))
          : Stream.concat(names.stream(), formerNames.stream());
    }

    Stream<OptionSpec> specifications(ConfigurationOptions configuration) {
      OptionSpec.Builder today = specification(names, configuration);
      return formerNames.isEmpty()
          ? Stream.of(today.build())
          : Stream.of(
              today.build(), specification(formerNames, configuration).hidden(true).build());
    }

    private OptionSpec.Builder specification(
        List<String> written, ConfigurationOptions configuration) {
      return OptionSpec.builder(written.toArray(String[]::new))
          .type(type)
          .arity(isFlag() ? "0" : "1")
          .negatable(isFlag())
          .paramLabel(label)
          .description(help)
          .setter(
              new ISetter() {
                @Override
                public <V> V set(V value) {
                  if (value != null) { // as picocli says before it parses
                    configuration.set(
                        new Arguments.Set(option, value.toString(), written(value.toString())));
                  }
                  return value;
                }
              });
    }

    private String written(String value) {
      String name = names.stream().filter(any -> any.startsWith(LONG)).findFirst().orElseThrow();
      return isFlag() && value.equals("false") ? Negation.INSTANCE.makeNegative(name, null) : name;
    }
  }

  private static NovaOption<Boolean> flag(String name, String help, String... shortNames) {
    return new NovaOption<>(
        option(name),
        Boolean.class,
        Stream.concat(Stream.of(shortNames), Stream.of(LONG + name)).toList(),
        List.of(),
        "",
        help);
  }

  private static NovaOption<String> text(String name, String label, String help) {
    return new NovaOption<>(
        option(name), String.class, List.of(LONG + name), List.of(), label, help);
  }

  private static OptionName option(String name) {
    return new OptionName(DEFAULT, name.replace('-', '_'));
  }

  /** oslo.config's way to switch an option off: {@code --nodebug}. */
  private enum Negation implements INegatableOptionTransformer {
    INSTANCE;

    @Override
    public String makeNegative(String name, CommandSpec command) {
      return name.startsWith(LONG) ? NO + name.substring(LONG.length()) : name;
    }

    @Override
    public String makeSynopsis(String name, CommandSpec command) {
      return name.startsWith(LONG) ? "--[no]" + name.substring(LONG.length()) : name;
    }
  }
}
