// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree;

import static org.novacompat.metadata.tree.OpenStackVersion.FOLSOM;
import static org.novacompat.metadata.tree.OpenStackVersion.GRIZZLY;
import static org.novacompat.metadata.tree.OpenStackVersion.HAVANA;
import static org.novacompat.metadata.tree.OpenStackVersion.LIBERTY;
import static org.novacompat.metadata.tree.OpenStackVersion.NEWTON_TWO;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.novacompat.metadata.instance.Instance;

/**
 * The OpenStack tree, one directory a version ({@code nova/api/metadata/base.py: _handle_version}
 * and the path handlers). Documents are listed in the table's order.
 */
final class OpenStackTree {
  /** The document that can be written to, once. */
  static final String PASSWORD = "password";

  private static final FixedDocument NO_PASSWORD = new FixedDocument(ContentType.HTML, new byte[0]);

  private final MetaData metaData;
  private final NetworkStyle networks;
  private final VendorDocuments vendorDocuments;

  OpenStackTree(MetaData metaData, NetworkStyle networks, VendorDocuments vendorDocuments) {
    this.metaData = metaData;
    this.networks = networks;
    this.vendorDocuments = vendorDocuments;
  }

  TreeTable<OpenStackVersion> table() {
    return new TreeTable<>(
        List.of(
            Row.changing("meta_data.json", FOLSOM, metaData.changes(), metaData::of),
            Row.of("user_data", FOLSOM, UserDataDocument::of),
            Row.always(PASSWORD, GRIZZLY, OpenStackTree::password),
            Row.always("vendor_data.json", HAVANA, i -> any -> vendorDocuments.vendorData(i)),
            Row.always("network_data.json", FOLSOM, i -> NetworkData.of(i, networks))
                .listedSince(LIBERTY),
            Row.always(
                "vendor_data2.json", NEWTON_TWO, i -> any -> vendorDocuments.vendorData2(i))),
        TreeTable.Order.TABLE,
        Map.of());
  }

  private static Reply password(Instance instance) {
    return instance
        .password()
        .map(text -> text.getBytes(StandardCharsets.UTF_8))
        .map(bytes -> new FixedDocument(ContentType.HTML, bytes))
        .orElse(NO_PASSWORD);
  }
}
