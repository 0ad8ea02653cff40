// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import static org.novacompat.metadata.config.oslo.OptionType.bool;
import static org.novacompat.metadata.config.oslo.OptionType.integerFrom;
import static org.novacompat.metadata.config.oslo.OptionType.list;
import static org.novacompat.metadata.config.oslo.OptionType.path;
import static org.novacompat.metadata.config.oslo.OptionType.port;
import static org.novacompat.metadata.config.oslo.OptionType.text;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.novacompat.metadata.config.oslo.Option;
import org.novacompat.metadata.config.oslo.OptionGroup;
import org.novacompat.metadata.config.oslo.OptionName;

/** The options of {@code [DEFAULT]}: where the service listens, keeps its state and logs. */
public final class DefaultOptions extends OptionGroup {
  public final Option<Path> pybasedir =
      option("pybasedir", path(), "/usr/lib/python3/dist-packages")
          .help(
              """
              Where nova's Python modules are installed. Only looked at where another option refers
              to it as $pybasedir.
              """);

  public final Option<Path> statePath =
      option("state_path", path(), "/var/lib/nova")
          .help(
              """
              Where nova keeps its state. Looked at where another option refers to it as
              $state_path; and this service keeps what it needs between two starts in nova-compat
              beneath it when its own folder cannot be written to.
              """);

  public final Option<String> myIp =
      option("my_ip", text(), "")
          .computed("the host's primary IPv4 address", PrimaryAddress::find)
          .help(
              """
              This host's address on the management network. Only looked at where another option
              refers to it as $my_ip.
              """);

  public final Option<List<String>> enabledApis =
      option("enabled_apis", list(text()), "osapi_compute,metadata")
          .help(
              """
              Which of nova's APIs the command nova-api runs. This service runs whatever it says, as
              nova-api-metadata does; without metadata among them, the log has a line.
              """);

  public final Option<String> metadataListen =
      option("metadata_listen", text(), "0.0.0.0")
          .help("The address on which guests, or the proxies before them, are answered.");

  public final Option<Integer> metadataListenPort =
      option("metadata_listen_port", port(), "8775")
          .help("The port on which guests, or the proxies before them, are answered.");

  public final Option<String> metadataHost =
      option("metadata_host", text(), "$my_ip")
          .help(
              """
              Where nova-compat-nat sends instances that ask 169.254.169.254: the address of the
              host that runs this service. 127.0.0.1 is the host that the rules are on, whatever its
              addresses.
              """);

  public final Option<Integer> metadataPort =
      option("metadata_port", port(), "8775")
          .help("The port of metadata_host that nova-compat-nat sends instances to.");

  public final Option<Integer> metadataWorkers =
      option("metadata_workers", integerFrom(1), "")
          .computed(
              "the number of CPUs",
              () -> String.valueOf(Runtime.getRuntime().availableProcessors()))
          .help(
              "How much work this service may do at a time, counted in worker processes of nova.");

  public final Option<Optional<Path>> injectedNetworkTemplate =
      optional("injected_network_template", path())
          .warnsOf(
              Optional::isEmpty,
              "is heeded in part: when it is empty, nova shows no interfaces file, and here the"
                  + " template that nova ships is used")
          .help(
              """
              The Jinja2 template that the interfaces file of an instance with injected networks is
              made from. When unset or empty, the template that nova ships is used.
              """);

  public final Option<Boolean> debug =
      option("debug", bool(), "false")
          .help("Whether the log has every step, not only what matters to an operator.");

  public final Option<Optional<Path>> logFile =
      optional("log_file", path())
          .formerly("logfile")
          .help("The file to log to, under log_dir unless its path is absolute.");

  public final Option<Optional<Path>> logDir =
      optional("log_dir", path())
          .formerly("logdir")
          .help(
              """
              The directory for the log. Without log_file, the log's name there is that of the
              program.
              """);

  DefaultOptions() {
    super(OptionName.DEFAULT_GROUP);
  }
}
