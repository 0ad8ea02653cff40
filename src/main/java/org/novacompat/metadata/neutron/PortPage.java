// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.neutron;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Some ports.
 *
 * @param items the ports
 * @param links where there is more
 */
record PortPage(
    @JsonProperty("ports") List<Item> items, @JsonProperty("ports_links") List<Link> links)
    implements Page<PortPage.Item> {
  /** Refuses an answer without a list. */
  PortPage {
    items = Page.required(items);
    links = Page.orNone(links);
  }

  /**
   * A port, or what was asked for of it.
   *
   * @param id its id
   * @param device whom it belongs to; empty when nobody
   * @param project the project that owns it
   * @param securityGroups the ids of its groups, in Neutron's order
   */
  record Item(
      String id,
      @JsonProperty("device_id") String device,
      @JsonProperty("tenant_id") String project,
      @JsonProperty("security_groups") List<String> securityGroups)
      implements Page.Item {
    Item {
      device = device == null ? "" : device;
      project = project == null ? "" : project;
      securityGroups = securityGroups == null ? List.of() : securityGroups;
    }
  }
}
