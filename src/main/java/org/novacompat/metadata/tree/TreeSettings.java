// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * What an operator decides about the guest trees.
 *
 * @param dhcpDomain {@code [api] dhcp_domain}, appended to host names; empty text for none
 * @param newestOpenStackVersion the newest version of the OpenStack tree to present, such as {@code
 *     2020-10-14}; later ones do not exist for guests
 * @param networks how networks are shown
 * @param clock tells today's date; versions in the future are served and not listed
 * @param injectedNetworkTemplate {@code injected_network_template}; empty for the built-in one
 * @param esurfing eSurfing Cloud's tree; empty when guests are to find nova's alone
 */
public record TreeSettings(
    String dhcpDomain,
    String newestOpenStackVersion,
    NetworkStyle networks,
    Clock clock,
    Optional<Path> injectedNetworkTemplate,
    Optional<EsurfingSettings> esurfing) {

  /**
   * Checks the version.
   *
   * @throws IllegalArgumentException when there is no such version of the OpenStack tree
   */
  public TreeSettings {
    OpenStackVersion.labelled(newestOpenStackVersion);
  }

  /**
   * The newest nova's trees, and no other.
   *
   * @param dhcpDomain {@code [api] dhcp_domain}
   * @param newestOpenStackVersion the newest version of the OpenStack tree
   * @param clock tells today's date
   * @param injectedNetworkTemplate {@code injected_network_template}
   */
  public TreeSettings(
      String dhcpDomain,
      String newestOpenStackVersion,
      Clock clock,
      Optional<Path> injectedNetworkTemplate) {
    this(
        dhcpDomain,
        newestOpenStackVersion,
        NetworkStyle.ZED,
        clock,
        injectedNetworkTemplate,
        Optional.empty());
  }

  /**
   * The same with eSurfing Cloud's tree.
   *
   * @param settings what is decided about it
   * @return the settings of all trees
   */
  public TreeSettings with(EsurfingSettings settings) {
    return new TreeSettings(
        dhcpDomain,
        newestOpenStackVersion,
        networks,
        clock,
        injectedNetworkTemplate,
        Optional.of(settings));
  }

  OpenStackVersion newestOpenStack() {
    return OpenStackVersion.labelled(newestOpenStackVersion);
  }
}
