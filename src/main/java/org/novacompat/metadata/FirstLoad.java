// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata;

import java.time.Duration;
import java.util.Optional;
import org.novacompat.metadata.instance.InstanceDirectory;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.nova.NovaInstances;
import org.novacompat.metadata.tree.InstanceDocuments;
import org.novacompat.metadata.tree.MetadataPath;

/**
 * The newest instance's metadata, made beside the start as if it had asked. What is done first
 * takes several times as long as it takes later, on a busy machine longer than a guest is let wait:
 * a node that was just restarted would refuse its first guests.
 *
 * @param instances knows the newest
 * @param directory where it is found
 */
record FirstLoad(NovaInstances instances, InstanceDirectory<InstanceDocuments> directory)
    implements Runnable {
  private static final System.Logger LOG = System.getLogger(FirstLoad.class.getName());
  private static final MetadataPath PATH = MetadataPath.of("/openstack/latest/meta_data.json");

  /** How long the start waits for it, when the rest of the start is done. */
  static final Duration PATIENCE = Duration.ofSeconds(3);

  /** Begins it beside the rest of the start. */
  Thread begin() {
    Thread thread = new Thread(this, "first load");
    thread.setDaemon(true);
    thread.start();
    return thread;
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
