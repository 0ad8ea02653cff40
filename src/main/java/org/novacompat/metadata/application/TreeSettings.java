// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.application;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.novacompat.metadata.tree.GuestTrees;
import org.novacompat.metadata.tree.Hostname;
import org.novacompat.metadata.tree.SecurityGroups;
import org.novacompat.metadata.tree.Tree;
import org.novacompat.metadata.tree.VendorDocuments;
import org.novacompat.metadata.tree.ec2.Ec2Tree;
import org.novacompat.metadata.tree.esurfing.EsurfingSettings;
import org.novacompat.metadata.tree.esurfing.EsurfingTree;
import org.novacompat.metadata.tree.openstack.NetworkStyle;
import org.novacompat.metadata.tree.openstack.OpenStackTree;

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
   * Puts the trees together.
   *
   * @param vendorDocuments where the vendor's documents come from
   * @param securityGroups where the security groups come from
   * @return the trees
   * @throws IllegalArgumentException when there is no such version of the OpenStack tree
   */
  public GuestTrees trees(VendorDocuments vendorDocuments, SecurityGroups securityGroups) {
    Hostname hostname = new Hostname(dhcpDomain);
    List<Tree> trees = new ArrayList<>();
    trees.add(new Ec2Tree(hostname, securityGroups));
    trees.add(
        new OpenStackTree(
            newestOpenStackVersion,
            hostname,
            networks,
            injectedNetworkTemplate,
            vendorDocuments,
            clock));
    esurfing.map(EsurfingTree::new).ifPresent(trees::add);
    return new GuestTrees(Ec2Tree.versions(), trees);
  }
}
