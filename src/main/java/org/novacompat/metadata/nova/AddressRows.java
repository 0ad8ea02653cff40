// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * What the address book reads of the cells' databases. Every question is bounded by its limit,
 * whatever the size of the tables, and goes by a key.
 *
 * <p>How often one is asked grows with no table either, but for the rows of {@link CellWalk}, which
 * reads a whole table once in ten minutes, spread over them: changes that Neutron tells nova of are
 * noted nowhere else.
 */
interface AddressRows {
  /** The names of all cells, as they are known now. It is asked often. */
  Set<String> cells(Patience patience) throws SQLException;

  /** The next rows of {@code instance_info_caches} in the order of their ids, dead ones too. */
  List<Row> nextRows(String cell, long afterId, int limit, Patience patience) throws SQLException;

  /** The rows of {@code instance_info_caches} of these instances, those that there are. */
  List<Row> rowsOf(String cell, Collection<String> instances, Patience patience)
      throws SQLException;

  /** The highest ids now. */
  LastIds lastIds(String cell, Patience patience) throws SQLException;

  /** The next rows of {@code instance_actions} in the order of their ids. */
  List<Action> actionsAfter(String cell, long afterId, int limit, Patience patience)
      throws SQLException;

  /**
   * A row of {@code instance_info_caches}.
   *
   * @param id its primary key
   * @param instance the instance's UUID
   * @param addresses the fixed addresses; none when the row or its instance is deleted
   */
  record Row(long id, String instance, List<Address> addresses) {}

  /**
   * A row of {@code instance_actions}: something was begun with an instance.
   *
   * @param id its primary key
   * @param instance the instance's UUID; empty text when the row names none
   */
  record Action(long id, String instance) {}

  /**
   * The highest primary keys, 0 for an empty table.
   *
   * @param row of {@code instance_info_caches}
   * @param action of {@code instance_actions}
   */
  record LastIds(long row, long action) {}
}
