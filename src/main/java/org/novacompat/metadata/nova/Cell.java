// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import java.util.Optional;

/**
 * A database to ask: a cell's, or one of the two that nova.conf names.
 *
 * @param tenant what Hibernate and the pools know it by: the cell's UUID, or a reserved word
 * @param label what an operator knows it by
 * @param flaw why it cannot be asked at all; empty when it can
 */
record Cell(String tenant, String label, Optional<String> flaw) {
  /** {@code [api_database]}. */
  static final Cell API = new Cell("api", "[api_database]", Optional.empty());

  /** {@code [database]}. */
  static final Cell LOCAL = new Cell("local", "[database]", Optional.empty());

  private static final String CELL0 = "00000000-0000-0000-0000-000000000000";

  /** A row of {@code cell_mappings}, shown as nova shows it. */
  static Cell mapped(String uuid, Optional<String> name, Optional<String> flaw) {
    String label = name.map(n -> uuid + "(" + n + ")").orElse(uuid);
    return new Cell(uuid, "cell " + label, flaw);
  }

  /** Whether this is where nova buries instances that never came to run. */
  boolean isCell0() {
    return tenant.equals(CELL0);
  }
}
