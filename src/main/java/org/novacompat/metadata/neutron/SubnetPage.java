// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.neutron;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Some subnets.
 *
 * @param items the subnets
 * @param links where there is more
 */
record SubnetPage(
    @JsonProperty("subnets") List<Item> items, @JsonProperty("subnets_links") List<Link> links)
    implements Page<SubnetPage.Item> {
  /** Refuses an answer without a list. */
  SubnetPage {
    items = Page.required(items);
    links = Page.orNone(links);
  }

  /**
   * A subnet.
   *
   * @param id its id
   * @param network the id of the network that it is in
   */
  record Item(String id, @JsonProperty("network_id") String network) implements Page.Item {
    Item {
      if (network == null) {
        throw new IllegalArgumentException("a subnet without a network");
      }
    }
  }
}
