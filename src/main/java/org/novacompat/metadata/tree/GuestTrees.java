// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.novacompat.metadata.instance.Instance;

/**
 * All that guests may read: the trees, joined into one table of full paths. What is neither below
 * {@code /openstack} nor below {@code /ec2} is EC2's ({@code nova/api/metadata/base.py: lookup}),
 * but for eSurfing Cloud's two names, which are no versions of EC2's.
 */
public final class GuestTrees {
  private static final String OPENSTACK = "/openstack";
  private static final String LATEST = "latest";

  private final Document ec2Versions = Document.text(lines(labels(Ec2Version.ALL), LATEST));
  private final Routes routes;

  /**
   * Puts the trees together.
   *
   * @param settings what the operator decides
   * @param vendorDocuments where the vendor's documents come from
   * @param securityGroups where the security groups come from
   */
  public GuestTrees(
      TreeSettings settings, VendorDocuments vendorDocuments, SecurityGroups securityGroups) {
    Routes.Builder builder = new Routes.Builder();
    Hostname hostname = new Hostname(settings.dhcpDomain());
    InjectedNetwork injected =
        new InjectedNetwork(settings.injectedNetworkTemplate(), settings.networks());
    addEc2(builder, new Ec2Tree(hostname, securityGroups));
    addOpenStack(builder, settings, new MetaData(hostname, injected), vendorDocuments);
    addTo(builder, OPENSTACK + InjectedNetwork.CONTENT_PATH, content(injected));
    settings.esurfing().ifPresent(esurfing -> addEsurfing(builder, new EsurfingTree(esurfing)));
    this.routes = builder.build();
  }

  /**
   * Answers the path that is answered without knowing who asks, {@link MetadataPath#isRoot}.
   *
   * @return EC2's versions
   */
  public Document root() {
    return ec2Versions;
  }

  /**
   * Makes the documents of an instance; each is rendered when it is first asked for.
   *
   * @param instance the instance
   * @return its documents, for any number of threads
   */
  public InstanceDocuments of(Instance instance) {
    return new InstanceDocuments(this, instance);
  }

  /**
   * Tells whether a path is that of the password, the one document that guests may write.
   *
   * @param path the path
   * @return true when it is, in a version that has it
   */
  public boolean isPassword(MetadataPath path) {
    String normalised = path.normalised();
    return normalised.startsWith(OPENSTACK + "/")
        && normalised.endsWith("/" + OpenStackTree.PASSWORD)
        && routes.at(normalised) != null;
  }

  /**
   * Lists what there may be for an instance.
   *
   * @return every path but those of single documents in a directory that the instance fills
   */
  public Set<String> paths() {
    return routes.paths();
  }

  /** Finds the slot of a path; null when no table names it. */
  Routes.Slot slot(String normalised) {
    return routes.at(normalised);
  }

  private void addEc2(Routes.Builder builder, Ec2Tree tree) {
    Routes.Slot versions = addTo(builder, "/ec2", any -> caller -> ec2Versions);
    builder.add("/", versions);
    Map<Ec2Version, List<String>> mounts = new EnumMap<>(Ec2Version.class);
    for (Ec2Version version : Ec2Version.ALL) {
      Stream<String> names = named(version.label(), version == last(Ec2Version.ALL));
      mounts.put(version, names.flatMap(name -> Stream.of("/" + name, "/ec2/" + name)).toList());
    }
    tree.table().addTo(builder, mounts, Map.of());
  }

  private static void addOpenStack(
      Routes.Builder builder,
      TreeSettings settings,
      MetaData metaData,
      VendorDocuments vendorDocuments) {
    List<OpenStackVersion> presented = settings.newestOpenStack().andOlder();
    addTo(builder, OPENSTACK, openStackVersions(presented, settings.clock()));
    Map<OpenStackVersion, List<String>> mounts = new EnumMap<>(OpenStackVersion.class);
    for (OpenStackVersion version : presented) {
      Stream<String> names = named(version.label(), version == last(presented));
      mounts.put(version, names.map(name -> OPENSTACK + "/" + name).toList());
    }
    new OpenStackTree(metaData, settings.networks(), vendorDocuments)
        .table()
        .addTo(builder, mounts, Map.of("version", TreeTable.TOP));
  }

  private static void addEsurfing(Routes.Builder builder, EsurfingTree tree) {
    tree.table()
        .addTo(
            builder,
            Map.of(EsurfingTree.Version.ONLY, List.of("/" + EsurfingTree.META_DATA)),
            Map.of());
    addTo(builder, "/" + EsurfingTree.SPEC_META_DATA, CustomMetadataDocument::all);
  }

  private static Routes.Slot addTo(
      Routes.Builder builder, String path, Function<Instance, Reply> content) {
    Routes.Slot slot = builder.slot(content);
    builder.add(path, slot);
    return slot;
  }

  /** Lists the versions but those of the future; by how many there are, as time goes by. */
  private static Function<Instance, Reply> openStackVersions(
      List<OpenStackVersion> presented, Clock clock) {
    List<LocalDate> dates =
        presented.stream().map(version -> LocalDate.parse(version.label())).toList();
    List<Document> listings = new ArrayList<>();
    for (int visible = 0; visible <= presented.size(); visible++) {
      List<String> labels =
          presented.subList(0, visible).stream().map(OpenStackVersion::label).toList();
      listings.add(Document.text(lines(labels, LATEST)));
    }
    Reply reply =
        caller -> {
          LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
          return listings.get((int) dates.stream().filter(date -> !date.isAfter(today)).count());
        };
    return instance -> reply;
  }

  private static Function<Instance, Reply> content(InjectedNetwork injected) {
    return instance -> injected.of(instance).<Reply>map(FixedDocument::text).orElse(Reply.NOTHING);
  }

  private static Stream<String> named(String label, boolean isLatest) {
    return isLatest ? Stream.of(label, LATEST) : Stream.of(label);
  }

  private static <T> T last(List<T> all) {
    return all.get(all.size() - 1);
  }

  private static List<String> labels(List<Ec2Version> versions) {
    return versions.stream().map(Ec2Version::label).toList();
  }

  private static String lines(List<String> labels, String last) {
    return String.join("\n", Stream.concat(labels.stream(), Stream.of(last)).toList());
  }
}
