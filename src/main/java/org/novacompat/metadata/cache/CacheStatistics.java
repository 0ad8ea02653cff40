// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Policy;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** The figures of an {@link InstanceCache}, counted without threads in each other's way. */
final class CacheStatistics implements InstanceCacheMXBean {
  final LongAdder hits = new LongAdder();
  final LongAdder misses = new LongAdder();
  final LongAdder staleAnswers = new LongAdder();
  final LongAdder loads = new LongAdder();
  final LongAdder loadFailures = new LongAdder();
  final LongAdder refreshes = new LongAdder();
  final LongAdder evictions = new LongAdder();

  /** Loads that stand in the cache for an instance. */
  final AtomicInteger firstLoads = new AtomicInteger();

  private final Cache<?, ?> instances;
  private final Interner interner;
  private final long maxBytes;
  private final Supplier<Optional<Instant>> failingSince;

  CacheStatistics(
      Cache<?, ?> instances,
      Interner interner,
      long maxBytes,
      Supplier<Optional<Instant>> failingSince) {
    this.instances = instances;
    this.interner = interner;
    this.maxBytes = maxBytes;
    this.failingSince = failingSince;
  }

  @Override
  public long getHits() {
    return hits.sum();
  }

  @Override
  public long getMisses() {
    return misses.sum();
  }

  @Override
  public long getStaleAnswers() {
    return staleAnswers.sum();
  }

  @Override
  public long getLoads() {
    return loads.sum();
  }

  @Override
  public long getLoadFailures() {
    return loadFailures.sum();
  }

  @Override
  public long getRefreshes() {
    return refreshes.sum();
  }

  @Override
  public long getEvictions() {
    return evictions.sum();
  }

  @Override
  public long getInstances() {
    return Math.max(0, instances.estimatedSize() - firstLoads.get());
  }

  @Override
  public long getBytes() {
    Policy.Eviction<?, ?> size = instances.policy().eviction().orElseThrow();
    return size.weightedSize().orElseThrow() + interner.bytes();
  }

  @Override
  public long getMaxBytes() {
    return maxBytes;
  }

  @Override
  public boolean isDatabaseFailing() {
    return failingSince.get().isPresent();
  }

  @Override
  public String getDatabaseFailingSince() {
    return failingSince.get().map(Instant::toString).orElse("");
  }
}
