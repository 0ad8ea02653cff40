// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.novacompat.metadata.instance.Instance;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.nova.NovaInstances;
import org.novacompat.metadata.tree.Answer;
import org.novacompat.metadata.tree.Document;
import org.novacompat.metadata.tree.GuestTrees;
import org.novacompat.metadata.tree.InstanceDocuments;
import org.novacompat.metadata.tree.MetadataPath;

/**
 * The newest instances' metadata, made beside the start as if they had asked. What is done first
 * takes many times as long as it takes later: a node that was just restarted would refuse its first
 * guests, or let them wait. Afterwards classes are loaded, what is done most is compiled, and
 * connections are open.
 *
 * @param instances not those of the guests: the cell where an image is met first decides its AMI
 *     id, and it is for guests to meet it
 * @param trees makes their documents, of whatever release, without what Neutron knows: they are
 *     never sent to a guest
 */
record FirstLoad(NovaInstances instances, GuestTrees trees) implements Runnable {
  private static final System.Logger LOG = System.getLogger(FirstLoad.class.getName());

  /**
   * The system property that tells the launcher, when it is over, an instance that was shown: its
   * UUID and its project, with a space between; empty when there was none.
   */
  static final String OUTCOME_PROPERTY = "nova-compat.first-load.shown";

  /** How long the start waits for it, when the rest of the start is done. */
  static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final int MAX_INSTANCES = 16;

  /** How many are loaded at a time: so many connections are open afterwards. */
  private static final int LOADERS = 4;

  /** How long instances are taken up; on a busy machine fewer are. */
  private static final Duration TIME = Duration.ofMillis(300);

  /** Begins it beside the rest of the start. */
  Thread begin() {
    return begin(this, "first load");
  }

  private static Thread begin(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  @Override
  public void run() {
    AtomicReference<String> shown = new AtomicReference<>("");
    try {
      long end = System.nanoTime() + TIME.toNanos();
      Queue<String> newest = new ConcurrentLinkedQueue<>(instances.newest(MAX_INSTANCES));
      Runnable showing = () -> show(newest, end, shown);
      List<Thread> loaders =
          Stream.generate(() -> begin(showing, "first loads")).limit(LOADERS).toList();
      for (Thread loader : loaders) {
        loader.join();
      }
    } catch (StoreUnavailableException e) {
      LOG.log(System.Logger.Level.DEBUG, "no instance is loaded at the start", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      System.setProperty(OUTCOME_PROPERTY, shown.get());
    }
  }

  private void show(Queue<String> uuids, long end, AtomicReference<String> shown) {
    String uuid = uuids.poll();
    try {
      while (uuid != null) {
        Optional<Instance> instance = instances.load(uuid);
        if (instance.isPresent()) {
          render(trees.of(instance.get()));
          shown.set(instance.get().uuid() + " " + instance.get().projectId().orElse(""));
        }
        uuid = System.nanoTime() < end ? uuids.poll() : null;
      }
    } catch (StoreUnavailableException e) {
      LOG.log(System.Logger.Level.DEBUG, "no instance is loaded at the start", e);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "instance " + uuid + " cannot be shown", e);
    }
  }

  private void render(InstanceDocuments documents) {
    for (String path : trees.paths()) {
      Answer answer = documents.find(MetadataPath.of(path), Optional.empty());
      if (answer instanceof Document document) {
        write(document);
      }
    }
  }

  private static void write(Document document) {
    try {
      document.writeTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
