// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata;

import java.util.Optional;
import org.novacompat.metadata.instance.InstanceDirectory;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.nova.NovaInstances;
import org.novacompat.metadata.tree.InstanceDocuments;
import org.novacompat.metadata.tree.MetadataPath;

/**
 * The newest instance's metadata, made beside the start as if it had asked. What is done first
 * takes several times as long as it takes later; so it is not the first guest who waits for it, and
 * the log tells of a database that is away before any guest does.
 *
 * @param instances knows the newest
 * @param directory where it is found
 */
record FirstLoad(NovaInstances instances, InstanceDirectory<InstanceDocuments> directory)
    implements Runnable {
  private static final System.Logger LOG = System.getLogger(FirstLoad.class.getName());
  private static final MetadataPath PATH = MetadataPath.of("/openstack/latest/meta_data.json");

  /** Begins it, and does not wait. */
  void begin() {
    Thread thread = new Thread(this, "first load");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void run() {
    try {
      Optional<String> uuid = instances.newest();
      if (uuid.isPresent()) {
        directory.find(uuid.get()).ifPresent(found -> found.view().find(PATH, Optional.empty()));
      }
    } catch (StoreUnavailableException e) {
      LOG.log(System.Logger.Level.DEBUG, "no instance is loaded at the start", e);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "the newest instance cannot be shown", e);
    }
  }
}
