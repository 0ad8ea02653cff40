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
 * @param clock tells today's date; versions in the future are served and not listed
 * @param injectedNetworkTemplate {@code injected_network_template}; empty for the built-in one
 */
public record TreeSettings(
    String dhcpDomain,
    String newestOpenStackVersion,
    Clock clock,
    Optional<Path> injectedNetworkTemplate) {

  /**
   * Checks the version.
   *
   * @throws IllegalArgumentException when there is no such version of the OpenStack tree
   */
  public TreeSettings {
    OpenStackVersion.labelled(newestOpenStackVersion);
  }

  OpenStackVersion newestOpenStack() {
    return OpenStackVersion.labelled(newestOpenStackVersion);
  }
}
