// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree.esurfing;

import static org.novacompat.metadata.tree.esurfing.EsurfingTree.Version.ONLY;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.novacompat.metadata.instance.Instance;
import org.novacompat.metadata.instance.Instance.Part;
import org.novacompat.metadata.instance.Vif;
import org.novacompat.metadata.tree.Directory;
import org.novacompat.metadata.tree.Document;
import org.novacompat.metadata.tree.Node;
import org.novacompat.metadata.tree.Route;
import org.novacompat.metadata.tree.Routes;
import org.novacompat.metadata.tree.Row;
import org.novacompat.metadata.tree.Tree;
import org.novacompat.metadata.tree.TreeTable;
import org.novacompat.metadata.tree.UserDataDocument;

/**
 * eSurfing Cloud's tree: what an instance is, in the words of that cloud, and the metadata that its
 * owner gave it, below {@code /meta-data} and {@code /spec-meta-data}. It has no versions. What an
 * instance lacks is neither listed nor found.
 */
public final class EsurfingTree implements Tree {
  private static final int IPV4 = 4;

  /** The tree's only version. */
  enum Version {
    ONLY
  }

  private final EsurfingSettings settings;

  /** Creates the tree. */
  public EsurfingTree(EsurfingSettings settings) {
    this.settings = settings;
  }

  @Override
  public void addTo(Routes routes) {
    table().addTo(routes, Map.of(ONLY, List.of("/meta-data")), Map.of());
    routes.add("/spec-meta-data", Route.of(CustomMetadataDocument::all));
  }

  private TreeTable<Version> table() {
    return new TreeTable<>(
        List.of(
            text("owner-account-id", this::owner),
            text("instance-id", i -> Optional.of(i.uuid())),
            text("hostname", Instance::displayName),
            text("flavor_name", Instance::flavorName),
            text("region-id", i -> settings.regionId()),
            text("zone-id", Instance::availabilityZone),
            Row.of("user_data", ONLY, UserDataDocument::of),
            text("image-id", i -> i.imageRef().filter(image -> !image.isEmpty())),
            text("vpc-id", i -> primaryNetwork(i).flatMap(Vif.Network::id)),
            text("private-ipv4", EsurfingTree::privateIpv4),
            Row.directory("network/interfaces/macs", ONLY, EsurfingTree::macs),
            Row.directory("instance/specs", ONLY, CustomMetadataDocument::each)),
        TreeTable.Order.NAME,
        Map.of());
  }

  private static Row<Version> text(String path, Function<Instance, Optional<String>> value) {
    return Row.of(
        path, ONLY, instance -> value.apply(instance).map(text -> () -> Document.text(text)));
  }

  private Optional<String> owner(Instance instance) {
    return settings.ownerAccount() == EsurfingSettings.OwnerAccount.USER
        ? instance.userId()
        : instance.projectId();
  }

  private static Optional<Vif.Network> primaryNetwork(Instance instance) {
    return vifs(instance).findFirst().flatMap(Vif::network);
  }

  private static Optional<String> privateIpv4(Instance instance) {
    return primaryNetwork(instance).stream()
        .flatMap(network -> network.subnets().stream())
        .flatMap(subnet -> subnet.ips().stream())
        .filter(ip -> ip.version() == IPV4)
        .flatMap(ip -> ip.address().stream())
        .findFirst();
  }

  /** Each address leads to itself, so that a name in the listing can be followed. */
  private static Optional<Supplier<Node>> macs(Instance instance) {
    SortedMap<String, Document> macs = new TreeMap<>();
    vifs(instance)
        .flatMap(vif -> vif.address().stream())
        .filter(Predicate.not(String::isEmpty))
        .forEach(mac -> macs.put(mac, Document.text(mac)));
    return macs.isEmpty() ? Optional.empty() : Optional.of(() -> Directory.of(macs));
  }

  private static Stream<Vif> vifs(Instance instance) {
    return instance.unreadable().contains(Part.NETWORK) ? Stream.empty() : instance.vifs().stream();
  }
}
