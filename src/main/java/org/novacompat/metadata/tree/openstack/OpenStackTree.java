// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree.openstack;

import static org.novacompat.metadata.tree.openstack.OpenStackVersion.FOLSOM;
import static org.novacompat.metadata.tree.openstack.OpenStackVersion.GRIZZLY;
import static org.novacompat.metadata.tree.openstack.OpenStackVersion.HAVANA;
import static org.novacompat.metadata.tree.openstack.OpenStackVersion.LIBERTY;
import static org.novacompat.metadata.tree.openstack.OpenStackVersion.NEWTON_TWO;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.novacompat.metadata.instance.Instance;
import org.novacompat.metadata.tree.ContentType;
import org.novacompat.metadata.tree.Document;
import org.novacompat.metadata.tree.Hostname;
import org.novacompat.metadata.tree.Node;
import org.novacompat.metadata.tree.Route;
import org.novacompat.metadata.tree.Routes;
import org.novacompat.metadata.tree.Row;
import org.novacompat.metadata.tree.Tree;
import org.novacompat.metadata.tree.TreeTable;
import org.novacompat.metadata.tree.UserDataDocument;
import org.novacompat.metadata.tree.VendorDocuments;

/**
 * The OpenStack tree below {@code /openstack}, one directory a version ({@code
 * nova/api/metadata/base.py: _handle_version} and the path handlers). Documents are listed in the
 * table's order.
 */
public final class OpenStackTree implements Tree {
  private static final String TOP = "/openstack";
  private static final String LATEST = "latest";
  private static final Document NO_PASSWORD = Document.of(ContentType.HTML, new byte[0]);

  private final List<OpenStackVersion> presented;
  private final NetworkStyle networks;
  private final InjectedNetwork injectedNetwork;
  private final MetaData metaData;
  private final VendorDocuments vendorDocuments;
  private final Clock clock;

  /**
   * Creates the tree.
   *
   * @param newestVersion the newest version to present, such as {@code 2020-10-14}
   * @param hostname names instances
   * @param networks how networks are shown
   * @param injectedNetworkTemplate {@code injected_network_template}; empty for the built-in one
   * @param vendorDocuments where the vendor's documents come from
   * @param clock tells today's date; versions in the future are served and not listed
   * @throws IllegalArgumentException when there is no such version
   */
  public OpenStackTree(
      String newestVersion,
      Hostname hostname,
      NetworkStyle networks,
      Optional<Path> injectedNetworkTemplate,
      VendorDocuments vendorDocuments,
      Clock clock) {
    this.presented = OpenStackVersion.labelled(newestVersion).andOlder();
    this.networks = networks;
    this.injectedNetwork = new InjectedNetwork(injectedNetworkTemplate, networks);
    this.metaData = new MetaData(hostname, injectedNetwork);
    this.vendorDocuments = vendorDocuments;
    this.clock = clock;
  }

  /**
   * Tells the newest version that a nova lists.
   *
   * @param nova its major version
   * @return the version as paths spell it, such as {@code 2020-10-14}
   */
  public static String newestVersionOf(int nova) {
    return OpenStackVersion.newestOf(nova).label();
  }

  @Override
  public void addTo(Routes routes) {
    Node versions = versions();
    routes.add(TOP, Route.of(instance -> versions));
    Map<OpenStackVersion, List<String>> mounts = new EnumMap<>(OpenStackVersion.class);
    for (OpenStackVersion version : presented) {
      String path = TOP + "/" + version.label();
      boolean isLatest = version.ordinal() == presented.size() - 1;
      mounts.put(version, isLatest ? List.of(path, TOP + "/" + LATEST) : List.of(path));
    }
    table().addTo(routes, mounts, Map.of("version", TreeTable.TOP));
    routes.add(TOP + InjectedNetwork.CONTENT_PATH, Route.of(this::injectedNetwork));
  }

  private TreeTable<OpenStackVersion> table() {
    return new TreeTable<>(
        List.of(
            Row.changing("meta_data.json", FOLSOM, metaData.changes(), metaData::of),
            Row.of("user_data", FOLSOM, UserDataDocument::of),
            Row.always("password", GRIZZLY, OpenStackTree::password).writableByGuests(),
            Row.always("vendor_data.json", HAVANA, i -> any -> vendorDocuments.vendorData(i)),
            Row.always("network_data.json", FOLSOM, i -> NetworkData.of(i, networks))
                .listedSince(LIBERTY),
            Row.always(
                "vendor_data2.json", NEWTON_TWO, i -> any -> vendorDocuments.vendorData2(i))),
        TreeTable.Order.TABLE,
        Map.of());
  }

  /** Lists the versions but those of the future; by how many there are, as time goes by. */
  private Node versions() {
    List<LocalDate> dates =
        presented.stream().map(version -> LocalDate.parse(version.label())).toList();
    List<Document> listings = new ArrayList<>();
    for (int visible = 0; visible <= presented.size(); visible++) {
      Stream<String> labels = presented.stream().limit(visible).map(OpenStackVersion::label);
      listings.add(
          Document.text(
              Stream.concat(labels, Stream.of(LATEST)).collect(Collectors.joining("\n"))));
    }
    return caller -> {
      LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
      return listings.get((int) dates.stream().filter(date -> !date.isAfter(today)).count());
    };
  }

  private Node injectedNetwork(Instance instance) {
    return injectedNetwork.of(instance).<Node>map(Document::text).orElse(Node.NOTHING);
  }

  private static Node password(Instance instance) {
    return instance
        .password()
        .map(text -> text.getBytes(StandardCharsets.UTF_8))
        .map(bytes -> Document.of(ContentType.HTML, bytes))
        .orElse(NO_PASSWORD);
  }
}
