// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.nova.NovaInstances;
import org.novacompat.metadata.tree.GuestTrees;
import org.novacompat.metadata.tree.InstanceDocuments;
import org.novacompat.metadata.tree.MetadataPath;

/**
 * The newest instance's metadata, made beside the start as if it had asked. What is done first
 * takes several times as long as it takes later, on a busy machine longer than a guest is let wait:
 * a node that was just restarted would refuse its first guests.
 *
 * @param instances not those of the guests: the cell where an image is met first decides its AMI
 *     id, and it is for guests to meet it
 * @param trees makes its documents, of whatever release: they are never sent to a guest
 */
record FirstLoad(NovaInstances instances, Supplier<GuestTrees> trees) implements Runnable {
  private static final System.Logger LOG = System.getLogger(FirstLoad.class.getName());
  private static final MetadataPath PATH = MetadataPath.of("/openstack/latest/meta_data.json");

  /** The system property that tells the launcher whether an instance was shown, when it is over. */
  static final String OUTCOME_PROPERTY = "nova-compat.first-load.shown";

  /** How long the start waits for it, when the rest of the start is done. */
  static final Duration PATIENCE = Duration.ofSeconds(3);

  /** Begins it beside the rest of the start. */
  Thread begin() {
    Thread thread = new Thread(this, "first load");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void render(InstanceDocuments documents) {
    documents.find(PATH, Optional.empty());
  }

  @Override
  public void run() {
    System.setProperty(OUTCOME_PROPERTY, String.valueOf(isShown()));
  }

  private boolean isShown() {
    try {
      Optional<String> uuid = instances.newest();
      Optional<InstanceDocuments> documents =
          uuid.isPresent() ? instances.load(uuid.get()).map(trees.get()::of) : Optional.empty();
      documents.ifPresent(FirstLoad::render);
      return documents.isPresent();
    } catch (StoreUnavailableException e) {
      LOG.log(System.Logger.Level.DEBUG, "no instance is loaded at the start", e);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "the newest instance cannot be shown", e);
    }
    return false;
  }
}
