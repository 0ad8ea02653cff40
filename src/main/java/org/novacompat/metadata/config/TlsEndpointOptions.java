// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The options that say where an endpoint with TLS listens and how it shows who it is. */
public final class TlsEndpointOptions {

  /** {@code …_listen} */
  public final Option<String> listen;

  /** {@code …_listen_port} */
  public final Option<Optional<Integer>> listenPort;

  /** {@code …_cert_file} */
  public final Option<Optional<Path>> certFile;

  /** {@code …_key_file} */
  public final Option<Optional<Path>> keyFile;

  /**
   * The options of one endpoint.
   *
   * @param group their group
   * @param prefix what their names begin with
   * @param what what is answered there, in words
   * @param defaultPort the port's default
   * @param portHelp what the port being unset means; empty when it has a default
   */
  TlsEndpointOptions(
      String group, String prefix, String what, Default defaultPort, String portHelp) {
    this.listen =
        Option.of(
            group,
            prefix + "_listen",
            OptionType.text(),
            Default.of("127.0.0.1"),
            "The address on which " + what + " is answered, with TLS.");
    this.listenPort =
        Option.of(
            group,
            prefix + "_listen_port",
            OptionType.optional(OptionType.fixedPort()),
            defaultPort,
            ("The port on which "
                    + what
                    + " is answered. No other endpoint may have it. "
                    + portHelp)
                .strip());
    this.certFile =
        Option.of(
            group,
            prefix + "_cert_file",
            OptionType.optional(OptionType.path()),
            Default.none(),
            "The certificate that is shown there, and those that lead from it to a known authority,"
                + " as PEM; read at the start. When unset, the start makes a certificate that"
                + " nobody vouches for.");
    this.keyFile =
        Option.of(
            group,
            prefix + "_key_file",
            OptionType.optional(OptionType.path()),
            Default.none(),
            "The key of "
                + prefix
                + "_cert_file, as PEM, not encrypted. When unset, "
                + prefix
                + "_cert_file holds it too.");
  }

  /** All of them, in the order in which the sample file shows them. */
  List<Option<?>> all() {
    return List.of(listen, listenPort, certFile, keyFile);
  }
}
