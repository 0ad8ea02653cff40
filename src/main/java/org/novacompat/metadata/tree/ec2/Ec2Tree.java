// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree.ec2;

import static org.novacompat.metadata.tree.ec2.Ec2Version.V1_0;
import static org.novacompat.metadata.tree.ec2.Ec2Version.V2007_01_19;
import static org.novacompat.metadata.tree.ec2.Ec2Version.V2007_08_29;
import static org.novacompat.metadata.tree.ec2.Ec2Version.V2007_12_15;
import static org.novacompat.metadata.tree.ec2.Ec2Version.V2008_02_01;
import static org.novacompat.metadata.tree.ec2.Ec2Version.V2008_09_01;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.novacompat.metadata.instance.Ec2Ids;
import org.novacompat.metadata.instance.Instance;
import org.novacompat.metadata.instance.Instance.Part;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.instance.Vif;
import org.novacompat.metadata.tree.Directory;
import org.novacompat.metadata.tree.Document;
import org.novacompat.metadata.tree.Hostname;
import org.novacompat.metadata.tree.Lookup;
import org.novacompat.metadata.tree.Node;
import org.novacompat.metadata.tree.Route;
import org.novacompat.metadata.tree.Routes;
import org.novacompat.metadata.tree.Row;
import org.novacompat.metadata.tree.SecurityGroups;
import org.novacompat.metadata.tree.Tree;
import org.novacompat.metadata.tree.TreeTable;
import org.novacompat.metadata.tree.UserDataDocument;

/**
 * EC2's tree ({@code nova/api/metadata/base.py: get_ec2_metadata}, {@code ec2_md_print}), below
 * {@code /} and {@code /ec2}. A NULL prints as {@code None}; only the local address of an instance
 * without any, and the security groups, depend on the request.
 */
public final class Ec2Tree implements Tree {
  private static final String KEY = "meta-data/public-keys/0";
  private static final String LATEST = "latest";
  private static final int IPV4 = 4;

  private final Hostname hostname;
  private final SecurityGroups securityGroups;

  /** Creates the tree. */
  public Ec2Tree(Hostname hostname, SecurityGroups securityGroups) {
    this.hostname = hostname;
    this.securityGroups = securityGroups;
  }

  /** Lists the tree's versions. */
  public static Document versions() {
    Stream<String> labels = Arrays.stream(Ec2Version.values()).map(Ec2Version::label);
    return Document.text(
        Stream.concat(labels, Stream.of(LATEST)).collect(Collectors.joining("\n")));
  }

  @Override
  public void addTo(Routes routes) {
    Document versions = versions();
    routes.add("/ec2", Route.of(instance -> versions));
    Map<Ec2Version, List<String>> mounts = new EnumMap<>(Ec2Version.class);
    for (Ec2Version version : Ec2Version.values()) {
      boolean isLatest = version.ordinal() == Ec2Version.values().length - 1;
      Stream<String> names =
          isLatest ? Stream.of(version.label(), LATEST) : Stream.of(version.label());
      mounts.put(version, names.flatMap(name -> Stream.of("/" + name, "/ec2/" + name)).toList());
    }
    table().addTo(routes, mounts, Map.of());
  }

  private TreeTable<Ec2Version> table() {
    return new TreeTable<>(
        List.of(
            unlessBroken(Part.EC2_IDS, "meta-data/ami-id", V1_0, i -> common(i.ec2Ids().amiId())),
            Row.always(
                "meta-data/ami-launch-index",
                V1_0,
                i -> common(i.launchIndex().map(String::valueOf))),
            constant("meta-data/ami-manifest-path", V1_0, "FIXME"),
            Row.directory(
                "meta-data/block-device-mapping",
                V2007_12_15,
                i ->
                    Optional.of(
                        () -> Directory.ofCommonTexts(BlockDeviceMapping.of(i.blockDevices())))),
            hostname("meta-data/hostname", V1_0),
            constant("meta-data/instance-action", V2008_09_01, "none"),
            unlessBroken(
                Part.EC2_IDS,
                "meta-data/instance-id",
                V1_0,
                i -> Document.text(i.ec2Ids().instanceId())),
            Row.of(
                "meta-data/instance-type",
                V2007_08_29,
                i -> i.flavorName().map(name -> () -> Document.commonText(name))),
            ifAny("meta-data/kernel-id", V2007_12_15, readable(Ec2Ids::kernelId)),
            hostname("meta-data/local-hostname", V2007_01_19),
            unlessBroken(Part.NETWORK, "meta-data/local-ipv4", V1_0, Ec2Tree::localIpv4),
            Row.always(
                "meta-data/placement/availability-zone",
                V2008_02_01,
                i -> common(i.availabilityZone())),
            hostname("meta-data/public-hostname", V2007_01_19),
            unlessBroken(Part.NETWORK, "meta-data/public-ipv4", V2007_01_19, Ec2Tree::publicIpv4),
            ifAny(KEY + "/_name", V1_0, i -> keyName(i).map(Ec2Tree::keyLabel)).hidden(),
            Row.of(
                KEY + "/openssh-key", V1_0, i -> keyName(i).map(name -> () -> common(i.keyData()))),
            ifAny("meta-data/ramdisk-id", V2007_12_15, readable(Ec2Ids::ramdiskId)),
            Row.always("meta-data/reservation-id", V1_0, i -> text(i.reservationId())),
            Row.always("meta-data/security-groups", V1_0, this::groups),
            Row.of("user-data", V1_0, UserDataDocument::of)),
        TreeTable.Order.NAME,
        Map.of(KEY, i -> keyLabel(keyName(i).orElse(""))));
  }

  /** The host name, unless there is none to put the domain after. */
  private Row<Ec2Version> hostname(String path, Ec2Version since) {
    return Row.of(
        path,
        since,
        instance ->
            hostname.isKnown(instance)
                ? Optional.of(() -> text(hostname.of(instance)))
                : Optional.empty());
  }

  private static Row<Ec2Version> constant(String path, Ec2Version since, String value) {
    Document document = Document.text(value);
    return Row.always(path, since, instance -> document);
  }

  private static Row<Ec2Version> ifAny(
      String path, Ec2Version since, Function<Instance, Optional<String>> value) {
    return Row.of(
        path,
        since,
        instance ->
            value
                .apply(instance)
                .filter(text -> !text.isEmpty())
                .map(text -> () -> Document.commonText(text)));
  }

  private static Row<Ec2Version> unlessBroken(
      Part part, String path, Ec2Version since, Function<Instance, Node> value) {
    return Row.of(
        path,
        since,
        instance ->
            instance.unreadable().contains(part)
                ? Optional.empty()
                : Optional.of(() -> value.apply(instance)));
  }

  private static Document text(Optional<String> value) {
    return Document.text(value.orElse("None"));
  }

  /** A text that is the same for many instances. */
  private static Document common(Optional<String> value) {
    return Document.commonText(value.orElse("None"));
  }

  private static Function<Instance, Optional<String>> readable(
      Function<Ec2Ids, Optional<String>> id) {
    return instance ->
        instance.unreadable().contains(Part.EC2_IDS)
            ? Optional.empty()
            : id.apply(instance.ec2Ids());
  }

  private static Optional<String> keyName(Instance instance) {
    return instance.keyName().filter(name -> !name.isEmpty());
  }

  private static String keyLabel(String keyName) {
    return "0=" + keyName;
  }

  private Node groups(Instance instance) {
    return caller -> {
      try {
        return Document.text(String.join("\n", securityGroups.namesOf(instance)));
      } catch (StoreUnavailableException e) {
        return new Lookup.TemporarilyUnavailable(e.getMessage());
      }
    };
  }

  private static Stream<Vif.FixedIp> fixedIps(Vif vif) {
    return vif.network().stream()
        .flatMap(network -> network.subnets().stream())
        .flatMap(subnet -> subnet.ips().stream());
  }

  private static Node localIpv4(Instance instance) {
    return instance.vifs().stream()
        .flatMap(Ec2Tree::fixedIps)
        .filter(ip -> ip.version() == IPV4)
        .findFirst()
        .flatMap(Vif.FixedIp::address)
        .filter(address -> !address.isEmpty())
        .<Node>map(Document::text)
        .orElse(caller -> text(caller));
  }

  private static Node publicIpv4(Instance instance) {
    return Document.text(
        instance.vifs().stream()
            .flatMap(Ec2Tree::fixedIps)
            .flatMap(ip -> ip.floatingIps().stream())
            .findFirst()
            .orElse(""));
  }
}
