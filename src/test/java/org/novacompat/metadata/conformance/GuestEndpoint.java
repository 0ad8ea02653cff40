// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.conformance;

import java.net.URI;

/**
 * A metadata service under test with the databases that it reads. It is configured as the recorded
 * nova was: signed proxy headers ({@code [neutron] service_metadata_proxy}), Zed's API, the options
 * of {@code conformance/cloud/nova.conf} and the vendor data of {@code
 * conformance/cloud/vendordata.json}.
 */
interface GuestEndpoint extends GuestDatabases {
  /** Where guests' requests go. */
  URI address();

  /** The secret that the proxy's headers are signed with. */
  String sharedSecret();
}
