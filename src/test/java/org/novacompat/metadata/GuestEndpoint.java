// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata;

import java.net.URI;
import org.novacompat.metadata.ConformanceRecording.Cell;

/**
 * A metadata service under test with the databases that it reads. It is configured as the recorded
 * nova was: signed proxy headers ({@code [neutron] service_metadata_proxy}), Zed's API, the options
 * of {@code conformance/cloud/nova.conf} and the vendor data of {@code
 * conformance/cloud/vendordata.json}.
 */
interface GuestEndpoint {
  /** Where guests' requests go. */
  URI address();

  /** The secret that the proxy's headers are signed with. */
  String sharedSecret();

  /** The JDBC URL, with user and password, of the API database. */
  String apiDatabase();

  /** The JDBC URL, with user and password, of a cell's database. */
  String cellDatabase(Cell cell);

  /** The id of a cell's row in {@code cell_mappings}. */
  long cellMapping(Cell cell);
}
