// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.operations;

import java.time.Instant;
import java.util.function.Supplier;
import org.novacompat.metadata.instance.CacheCounts;

/**
 * Publishes the instance cache's figures as a JMX bean.
 *
 * @param counts takes them
 */
public record InstanceCache(Supplier<CacheCounts> counts) implements InstanceCacheMXBean {
  /**
   * Publishes figures, in the place of any that were published before.
   *
   * @param counts takes them when they are looked at
   * @return ends it
   */
  public static AutoCloseable publish(Supplier<CacheCounts> counts) {
    return ManagementBean.publish("InstanceCache", new InstanceCache(counts));
  }

  @Override
  public long getHits() {
    return counts.get().hits();
  }

  @Override
  public long getMisses() {
    return counts.get().misses();
  }

  @Override
  public long getStaleAnswers() {
    return counts.get().staleAnswers();
  }

  @Override
  public long getLoads() {
    return counts.get().loads();
  }

  @Override
  public long getLoadFailures() {
    return counts.get().loadFailures();
  }

  @Override
  public long getRefreshes() {
    return counts.get().refreshes();
  }

  @Override
  public long getEvictions() {
    return counts.get().evictions();
  }

  @Override
  public long getInstances() {
    return counts.get().instances();
  }

  @Override
  public long getBytes() {
    return counts.get().bytes();
  }

  @Override
  public long getMostBytes() {
    return counts.get().mostBytes();
  }

  @Override
  public boolean isDatabaseFailing() {
    return counts.get().failingSince().isPresent();
  }

  @Override
  public String getDatabaseFailingSince() {
    return counts.get().failingSince().map(Instant::toString).orElse("");
  }
}
