// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
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
  private final InstanceDocuments documents =
      new InstanceDocuments(Instances.typical().build(), UnaryOperator.identity());
  private String plain = "/latest/meta-data/placement/availability-zone";
  private String crooked = "//latest/./meta-data//../meta-data/instance-id/";

  /** A path as guests write it. */
  @Benchmark
  public String plain() {
    return MetadataPath.normalise(plain);
  }

  /** A path that needs to be normalised. */
  @Benchmark
  public String crooked() {
    return MetadataPath.normalise(crooked);
  }

  /** From the path to its place in the tables. */
  @Benchmark
  public Route route() {
    return trees.route(plain);
  }

  /** From the path to the document, which is rendered already. */
  @Benchmark
  public Lookup document() {
    return documents.find(trees.route(plain), Optional.empty());
  }
}
