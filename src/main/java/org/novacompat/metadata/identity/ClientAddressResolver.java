// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.identity;

import org.novacompat.metadata.instance.StoreUnavailableException;

/** Where a request is taken to come from. */
@FunctionalInterface
public interface ClientAddressResolver {
  /**
   * Tells where a request comes from.
   *
   * @param request the request
   * @return what should be an address; any text where a header is believed
   * @throws StoreUnavailableException when it is not known yet whether a header is believed
   */
  String of(GuestRequest request) throws StoreUnavailableException;

  /**
   * Believes no header: the other end of the connection.
   *
   * @return nova's default
   */
  static ClientAddressResolver connection() {
    return GuestRequest::remoteAddress;
  }
}
