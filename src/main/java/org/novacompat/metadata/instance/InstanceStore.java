// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.instance;

import java.util.Optional;
import java.util.function.Consumer;

/** Where instances come from. The nova database answers it; the directory asks it. */
public interface InstanceStore {
  /**
   * Loads an instance with everything that its documents need. What hangs is given up in time for a
   * guest to be refused within two seconds.
   *
   * @param uuid the instance's UUID as a guest's proxy gave it; any text
   * @return the instance; empty when there is none that is alive
   * @throws StoreUnavailableException when the answer cannot be known now
   */
  Optional<Instance> load(String uuid) throws StoreUnavailableException;

  /**
   * Loads an instance, however long that takes where it is known to take long.
   *
   * @param uuid the instance's UUID
   * @param late is told at once when it takes longer than a guest may wait; what was found is for
   *     those who ask again
   * @return the instance; empty when there is none that is alive
   * @throws StoreUnavailableException when the answer cannot be known now
   */
  default Optional<Instance> load(String uuid, Consumer<StoreUnavailableException> late)
      throws StoreUnavailableException {
    return load(uuid);
  }
}
