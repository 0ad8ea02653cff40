// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.instance;

import java.util.List;
import org.novacompat.metadata.python.Ip;

/** Which instances have a fixed address. */
public interface AddressBook {
  /**
   * Finds the instances with a fixed address.
   *
   * @param address the address
   * @return the UUIDs of all living instances that have it, in no order; several when networks
   *     overlap
   * @throws StoreUnavailableException when the answer cannot be known now
   */
  List<String> instancesWith(Ip address) throws StoreUnavailableException;
}
