// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.novacompat.metadata.instance.Instance;
import org.novacompat.metadata.instance.Instances;
import org.novacompat.metadata.instance.Instances.VifBuilder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Documents of an instance that was just loaded: what a cold request pays for beside the rows. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RenderingBenchmark {
  private static final String META_DATA = "/openstack/latest/meta_data.json";
  private static final String NETWORK_DATA = "/openstack/latest/network_data.json";
  private static final List<String> EC2 =
      List.of(
              "",
              "/ami-id",
              "/ami-launch-index",
              "/ami-manifest-path",
              "/block-device-mapping",
              "/block-device-mapping/ami",
              "/block-device-mapping/root",
              "/hostname",
              "/instance-action",
              "/instance-id",
              "/instance-type",
              "/local-hostname",
              "/local-ipv4",
              "/placement",
              "/placement/availability-zone",
              "/public-hostname",
              "/public-ipv4",
              "/public-keys",
              "/public-keys/0/openssh-key",
              "/reservation-id",
              "/security-groups")
          .stream()
          .map(name -> "/latest/meta-data" + name)
          .toList();

  private final Instance instance = Instances.typical().vifs(VifBuilder.on().build()).build();
  private final GuestTrees trees = Guest.trees(Guest.SETTINGS);

  /** {@code meta_data.json}, but for its seed. */
  @Benchmark
  public Lookup metaData() {
    return documents().find(trees.route(META_DATA), Optional.empty());
  }

  /** {@code network_data.json}. */
  @Benchmark
  public Lookup networkData() {
    return documents().find(trees.route(NETWORK_DATA), Optional.empty());
  }

  /** The whole of EC2's tree in one version, listings and all. */
  @Benchmark
  public void ec2Tree(Blackhole hole) {
    InstanceDocuments documents = documents();
    for (String path : EC2) {
      hole.consume(documents.find(trees.route(path), Optional.empty()));
    }
  }

  private InstanceDocuments documents() {
    return new InstanceDocuments(instance, UnaryOperator.identity());
  }
}
