// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.neutron;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Some security groups.
 *
 * @param items the groups
 * @param links where there is more
 */
record SecurityGroupPage(
    @JsonProperty("security_groups") List<Item> items,
    @JsonProperty("security_groups_links") List<Link> links)
    implements Page<SecurityGroupPage.Item> {
  /** Refuses an answer without a list. */
  SecurityGroupPage {
    items = Page.required(items);
    links = Page.orNone(links);
  }

  /**
   * A group.
   *
   * @param id its id
   * @param name its name; may be empty or missing
   */
  record Item(String id, String name) implements Page.Item {
    String label() {
      return name == null || name.isEmpty() ? id : name;
    }
  }
}
