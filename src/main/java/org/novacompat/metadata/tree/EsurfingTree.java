// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree;

import static org.novacompat.metadata.tree.EsurfingTree.Version.ONLY;

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

/**
 * eSurfing Cloud's tree: what an instance is, in the words of that cloud, and the metadata that its
 * owner gave it. It has no versions. What an instance has not is neither listed nor found.
 */
final class EsurfingTree {
  /** Where the tree begins. */
  static final String META_DATA = "meta-data";

  /** Where all custom metadata is, in one document beside the tree. */
  static final String SPEC_META_DATA = "spec-meta-data";

  private static final int IPV4 = 4;

  /** The tree's only version. */
  enum Version {
    ONLY
  }

  private final EsurfingSettings settings;

  EsurfingTree(EsurfingSettings settings) {
    this.settings = settings;
  }

  TreeTable<Version> table() {
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
            Row.directoryIfAny("network/interfaces/macs", ONLY, EsurfingTree::macs),
            Row.directoryIfAny("instance/specs", ONLY, CustomMetadataDocument::each)),
        TreeTable.Order.NAME,
        Map.of());
  }

  private static Row<Version> text(String path, Function<Instance, Optional<String>> value) {
    return Row.of(
        path, ONLY, instance -> value.apply(instance).map(text -> () -> FixedDocument.text(text)));
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

  /** Each address leads to itself, so that whoever follows a listing finds something. */
  private static Optional<Supplier<Reply>> macs(Instance instance) {
    SortedMap<String, String> macs = new TreeMap<>();
    vifs(instance)
        .flatMap(vif -> vif.address().stream())
        .filter(Predicate.not(String::isEmpty))
        .forEach(mac -> macs.put(mac, mac));
    return macs.isEmpty() ? Optional.empty() : Optional.of(() -> Folder.ofTexts(macs));
  }

  private static Stream<Vif> vifs(Instance instance) {
    return instance.unreadable().contains(Part.NETWORK) ? Stream.empty() : instance.vifs().stream();
  }
}
