// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova.database;

import java.util.Optional;

/**
 * A database to ask: a cell's, or one of the two that nova.conf names.
 *
 * @param tenant the cell's UUID, or a reserved word
 * @param label its name for an operator
 * @param flaw why it cannot be asked at all; empty where it can
 */
public record Cell(String tenant, String label, Optional<String> flaw) {
  /** {@code [api_database]}. */
  public static final Cell API = new Cell("api", "[api_database]", Optional.empty());

  /** {@code [database]}. */
  public static final Cell LOCAL = new Cell("local", "[database]", Optional.empty());

  private static final String CELL0 = "00000000-0000-0000-0000-000000000000";

  /** A row of {@code cell_mappings}, shown as nova shows it. */
  static Cell mapped(String uuid, Optional<String> name, Optional<String> flaw) {
    String label = name.map(n -> uuid + "(" + n + ")").orElse(uuid);
    return new Cell(uuid, "cell " + label, flaw);
  }

  /** Whether this is cell0, where nova keeps instances that never came to run. */
  public boolean isCell0() {
    return tenant.equals(CELL0);
  }
}
