// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.cache;

import java.util.concurrent.atomic.AtomicReference;
import org.novacompat.metadata.instance.Instance;
import org.novacompat.metadata.tree.InstanceDocuments;

/** An instance in the cache, with its age and the load that renews it. */
final class CachedInstance {
  private final InstanceDocuments documents;
  private final long loadedAt;
  private final AtomicReference<Load> renewal = new AtomicReference<>();
  private volatile long failedAt;

  /**
   * Puts an instance in the cache.
   *
   * @param loadedAt now, in nanoseconds
   * @param failureNanos a failure that was so long ago is forgotten
   */
  CachedInstance(InstanceDocuments documents, long loadedAt, long failureNanos) {
    this.documents = documents;
    this.loadedAt = loadedAt;
    this.failedAt = loadedAt - failureNanos;
  }

  InstanceDocuments documents() {
    return documents;
  }

  Instance instance() {
    return documents.instance();
  }

  long age(long now) {
    return now - loadedAt;
  }

  /** Notes that it could not be loaded again. */
  void failed(long now) {
    failedAt = now;
  }

  boolean failedWithin(long nanos, long now) {
    return now - failedAt < nanos;
  }

  boolean isBeingRenewed() {
    Load current = renewal.get();
    return current != null && !current.isLost();
  }

  /** Gives the load that renews it or has renewed it; the given one if there is none. */
  Load renewal(Load mine) {
    return renewal.updateAndGet(current -> current == null || current.isLost() ? mine : current);
  }

  /** Makes way for another load after one that failed. */
  void endRenewal(Load failed) {
    renewal.compareAndSet(failed, null);
  }
}
