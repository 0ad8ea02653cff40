// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.identity;

import org.novacompat.metadata.instance.StoreUnavailableException;

/** One way of knowing who asks. */
public interface GuestIdentifier {
  /**
   * Tells who asks.
   *
   * @param request the request
   * @return the guest, or why there is none
   * @throws StoreUnavailableException when it cannot be known now
   */
  Caller identify(GuestRequest request) throws StoreUnavailableException;
}
