// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import java.time.Duration;
import java.util.List;
import org.novacompat.metadata.instance.AddressBook;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.python.Ip;

/**
 * Who has an address, as the nova database tells without Neutron: by the instances' network
 * information, else by what nova-network left.
 */
public final class NovaAddressBook implements AddressBook, AutoCloseable {
  private final CellAddressBook instances;
  private final AddressBook novaNetwork;

  NovaAddressBook(CellAddressBook instances, AddressBook novaNetwork) {
    this.instances = instances;
    this.novaNetwork = novaNetwork;
  }

  /**
   * Opens the book of a nova database and begins to fill it.
   *
   * @param database the database
   * @return the book; close it before the database
   */
  public static NovaAddressBook open(NovaDatabase database) {
    return new NovaAddressBook(
        CellAddressBook.open(database), new FixedIps(database::connections, System::nanoTime));
  }

  /**
   * Waits until every address has been read once.
   *
   * @param patience how long to wait at most
   * @return whether every address is known
   * @throws InterruptedException when interrupted meanwhile
   */
  public boolean awaitFirstReading(Duration patience) throws InterruptedException {
    return instances.awaitFirstWalk(patience);
  }

  @Override
  public List<String> instancesWith(Ip address) throws StoreUnavailableException {
    List<String> found = instances.instancesWith(address);
    return found.isEmpty() ? novaNetwork.instancesWith(address) : found;
  }

  @Override
  public void close() {
    instances.close();
  }
}
