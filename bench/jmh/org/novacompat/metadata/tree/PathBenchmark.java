// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.novacompat.metadata.instance.Instances;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** From a path to the document of a cached instance. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PathBenchmark {
  private final GuestTrees trees = Guest.trees(Guest.SETTINGS);
  private final InstanceDocuments documents = trees.of(Instances.typical().build());
  private String plain = "/latest/meta-data/placement/availability-zone";
  private String crooked = "//latest/./meta-data//../meta-data/instance-id/";

  /** A path as guests write it. */
  @Benchmark
  public MetadataPath plain() {
    return MetadataPath.of(plain);
  }

  /** A path that needs to be normalised. */
  @Benchmark
  public MetadataPath crooked() {
    return MetadataPath.of(crooked);
  }

  /** From the path to its place in the tables. */
  @Benchmark
  public Routes.Slot route() {
    return trees.slot(MetadataPath.of(plain).normalised());
  }

  /** From the path to the document, which is rendered already. */
  @Benchmark
  public Answer document() {
    return documents.find(MetadataPath.of(plain), Optional.empty());
  }
}
