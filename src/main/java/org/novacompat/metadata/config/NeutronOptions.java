// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import static org.novacompat.metadata.config.oslo.OptionType.bool;
import static org.novacompat.metadata.config.oslo.OptionType.integerFrom;
import static org.novacompat.metadata.config.oslo.OptionType.text;

import org.novacompat.metadata.config.oslo.Option;

/** The options of {@code [neutron]}: whether guests come by its agent, and how it is called. */
public final class NeutronOptions extends ServiceOptions {
  public final Option<Boolean> serviceMetadataProxy =
      option("service_metadata_proxy", bool(), "false")
          .help(
              """
              Whether guests come by way of Neutron's metadata agent, which says in signed headers
              whose request it is. Otherwise a guest is known by its address.
              """);

  public final Option<String> metadataProxySharedSecret =
      option("metadata_proxy_shared_secret", text(), "")
          .secret()
          .help(
              """
              The secret with which Neutron's metadata agent signs; the same as in
              metadata_agent.ini.
              """);

  public final Option<Integer> httpRetries =
      option("http_retries", integerFrom(0), "3")
          .help(
              """
              How often a connection to Neutron or Keystone that cannot be made is tried again,
              unless connect_retries says otherwise.
              """);

  NeutronOptions() {
    super("neutron", "network");
  }
}
