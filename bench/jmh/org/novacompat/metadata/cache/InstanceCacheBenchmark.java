// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.cache;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.novacompat.metadata.instance.Instances;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.tree.InstanceDocuments;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;

/** Finding an instance that is cached, among many. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class InstanceCacheBenchmark {
  private static final int INSTANCES = 10_000;

  private InstanceCache cache;
  private String[] uuids;

  /** Which instance a thread asks for next. */
  @State(Scope.Thread)
  public static class Turn {
    private int number;

    int next() {
      number = (number + 7919) % INSTANCES;
      return number;
    }
  }

  /** Fills the cache. */
  @Setup
  public void fill() throws StoreUnavailableException {
    cache =
        new InstanceCache(
            uuid -> Optional.of(Instances.typical().uuid(uuid).build()),
            new CacheSettings(Duration.ofDays(1), Duration.ZERO, Long.MAX_VALUE));
    uuids = new String[INSTANCES];
    for (int i = 0; i < INSTANCES; i++) {
      uuids[i] = "6f70656e-7374-4163-8000-%012x".formatted(i);
      cache.find(uuids[i]);
    }
  }

  /** By one thread. */
  @Benchmark
  public Optional<InstanceDocuments> found(Turn turn) throws StoreUnavailableException {
    return cache.find(uuids[turn.next()]);
  }

  /** By all CPUs at once. */
  @Benchmark
  @Threads(Threads.MAX)
  public Optional<InstanceDocuments> foundOnAllCpus(Turn turn) throws StoreUnavailableException {
    return cache.find(uuids[turn.next()]);
  }
}
