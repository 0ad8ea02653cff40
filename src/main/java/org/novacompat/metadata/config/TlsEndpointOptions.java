// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import static org.novacompat.metadata.config.oslo.OptionType.fixedPort;
import static org.novacompat.metadata.config.oslo.OptionType.path;
import static org.novacompat.metadata.config.oslo.OptionType.text;

import java.nio.file.Path;
import java.util.Optional;
import org.novacompat.metadata.config.oslo.Option;
import org.novacompat.metadata.config.oslo.OptionGroup;
import org.novacompat.metadata.config.oslo.OptionType;

/** The options of an endpoint with TLS: where it listens, and its certificate. */
public final class TlsEndpointOptions extends OptionGroup {

  public final Option<String> listen;

  public final Option<Optional<Integer>> listenPort;

  public final Option<Optional<Path>> certFile;

  public final Option<Optional<Path>> keyFile;

  /**
   * The options of one endpoint.
   *
   * @param group their group
   * @param prefix what their names begin with
   * @param content what is answered there, in words
   * @param defaultPort the port's default; empty for none
   * @param portHelp what the port being unset means; empty when it has a default
   */
  TlsEndpointOptions(
      String group, String prefix, String content, String defaultPort, String portHelp) {
    super(group);
    this.listen =
        option(prefix + "_listen", text(), "127.0.0.1")
            .help("The address on which " + content + " is answered, with TLS.");
    this.listenPort =
        option(prefix + "_listen_port", OptionType.optional(fixedPort()), defaultPort)
            .help(
                "The port on which %s is answered. No other endpoint may have it. %s"
                    .formatted(content, portHelp));
    this.certFile =
        optional(prefix + "_cert_file", path())
            .help(
                """
                The certificate that is shown there, and those that lead from it to a known
                authority, as PEM; read at the start. When unset, the start makes a self-signed
                certificate.
                """);
    this.keyFile =
        optional(prefix + "_key_file", path())
            .help(
                "The key of %1$s_cert_file, as PEM, not encrypted. When unset, %1$s_cert_file holds"
                        .formatted(prefix)
                    + " it too.");
  }
}
