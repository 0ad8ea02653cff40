// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova.objects;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.novacompat.metadata.instance.KeyPair;
import org.novacompat.metadata.instance.Vif;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Reading the columns that nova keeps objects in: the other part of what a cold request pays. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ObjectsBenchmark {
  private final String flavor = column("flavor.json");
  private final String keyPairs = column("keypairs.json");
  private final String network = column("network.json");

  private static String column(String name) {
    try (InputStream in = ObjectsBenchmark.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("unreadable: " + name, e);
    }
  }

  /** {@code instance_extra.flavor}. */
  @Benchmark
  public String flavor() throws UnreadableObjectException {
    return NovaObjects.flavorName(flavor);
  }

  /** {@code instance_extra.keypairs}. */
  @Benchmark
  public Optional<KeyPair> keyPair() throws UnreadableObjectException {
    return NovaObjects.keyPair(keyPairs);
  }

  /** {@code instance_info_caches.network_info}. */
  @Benchmark
  public List<Vif> network() throws UnreadableObjectException {
    return NovaObjects.networkInfo(network, new LeftOut());
  }
}
