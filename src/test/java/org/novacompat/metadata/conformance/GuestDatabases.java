// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.conformance;

import org.novacompat.metadata.conformance.ConformanceRecording.Cell;

/** The databases that a metadata service under test reads. */
public interface GuestDatabases {
  /** The JDBC URL, with user and password, of the API database. */
  String apiDatabase();

  /** The JDBC URL, with user and password, of a cell's database. */
  String cellDatabase(Cell cell);

  /** The id of a cell's row in {@code cell_mappings}. */
  long cellMapping(Cell cell);
}
