// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;

/** The random seed, which alone is made for each request. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SeedBenchmark {
  private final Document document = Document.seeded(ContentType.JSON, new byte[1500], 700);

  /** A document of a usual size with its seed, by one thread. */
  @Benchmark
  public void written() throws IOException {
    document.writeTo(OutputStream.nullOutputStream());
  }

  /** By all CPUs at once. */
  @Benchmark
  @Threads(Threads.MAX)
  public void writtenOnAllCpus() throws IOException {
    document.writeTo(OutputStream.nullOutputStream());
  }
}
