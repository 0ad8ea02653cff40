// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.novacompat.metadata.instance.Instances;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;

/** The random seed of {@code meta_data.json}, which is fresh at every request. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SeedBenchmark {
  private final Document metaData =
      (Document)
          Guest.trees(Guest.SETTINGS)
              .of(Instances.typical().build())
              .find(MetadataPath.of("/openstack/latest/meta_data.json"), Optional.empty());

  /** The seed alone. */
  @Benchmark
  public byte[] seed() {
    return RandomSeed.next();
  }

  /** The seed, where all CPUs want one at once. */
  @Benchmark
  @Threads(Threads.MAX)
  public byte[] seedOnAllCpus() {
    return RandomSeed.next();
  }

  /** The document with its seed. */
  @Benchmark
  public void written() throws IOException {
    metaData.writeTo(OutputStream.nullOutputStream());
  }
}
