// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.application;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.novacompat.metadata.instance.Instance;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.nova.instances.NovaInstances;
import org.novacompat.metadata.tree.Document;
import org.novacompat.metadata.tree.GuestTrees;
import org.novacompat.metadata.tree.InstanceDocuments;

/**
 * Loads and renders the newest instances in parallel with the start, to load classes, compile what
 * is done most and open connections before the first guest comes. What is rendered is sent to no
 * guest.
 *
 * @param instances apart from the guests': the cell where an image is met first decides its AMI id,
 *     and guests are to meet it
 * @param trees the trees of any release, without what Neutron knows
 */
record WarmUp(NovaInstances instances, GuestTrees trees) implements Runnable {
  private static final System.Logger LOG = System.getLogger(WarmUp.class.getName());

  /**
   * The system property by which the launcher, in another class loader, learns at the end of an
   * instance that was rendered: its UUID and its project, with a space between; empty for none.
   */
  static final String OUTCOME_PROPERTY = "nova-compat.warm-up.loaded";

  /** How long the start waits for it when the rest of the start is done. */
  static final Duration TIMEOUT = Duration.ofSeconds(3);

  private static final int MAX_INSTANCES = 16;

  /** How many are loaded at a time, and connections open afterwards. */
  private static final int LOADERS = 4;

  /** How long further instances are begun; on a busy machine fewer are. */
  private static final Duration TIME = Duration.ofMillis(300);

  /** Starts it on a thread of its own. */
  Thread begin() {
    return begin(this, "warm-up");
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
          Stream.generate(() -> begin(showing, "warm-up-loader")).limit(LOADERS).toList();
      for (Thread loader : loaders) {
        loader.join();
      }
    } catch (StoreUnavailableException e) {
      LOG.log(System.Logger.Level.DEBUG, "no instance is loaded for the warm-up", e);
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
          render(
              new InstanceDocuments(instance.get(), UnaryOperator.identity(), Integer.MAX_VALUE));
          shown.set(instance.get().uuid() + " " + instance.get().projectId().orElse(""));
        }
        uuid = System.nanoTime() < end ? uuids.poll() : null;
      }
    } catch (StoreUnavailableException e) {
      LOG.log(System.Logger.Level.DEBUG, "no instance is loaded for the warm-up", e);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "instance " + uuid + " cannot be shown", e);
    }
  }

  private void render(InstanceDocuments documents) {
    for (String path : trees.paths()) {
      if (documents.find(trees.route(path), Optional.empty()) instanceof Document document) {
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
