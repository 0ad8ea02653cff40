// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.application;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.novacompat.metadata.cache.CacheSettings;
import org.novacompat.metadata.cache.InstanceCache;
import org.novacompat.metadata.config.NovaConf;
import org.novacompat.metadata.conformance.Conformance;
import org.novacompat.metadata.conformance.ConformanceRecording;
import org.novacompat.metadata.conformance.ConformanceRows;
import org.novacompat.metadata.conformance.TestCloud;
import org.novacompat.metadata.instance.InstanceStore;
import org.novacompat.metadata.nova.database.NovaDatabase;
import org.novacompat.metadata.nova.instances.NovaInstances;
import org.novacompat.metadata.tree.Document;
import org.novacompat.metadata.tree.Guest;
import org.novacompat.metadata.tree.GuestTrees;
import org.novacompat.metadata.tree.InstanceDocuments;
import org.openjdk.jol.info.GraphLayout;

/**
 * What the recorded shapes take in memory after a boot, on average, and what they are taken for.
 */
class RecordedInstanceBytesTest {
  static {
    System.setProperty("jol.magicFieldOffset", "true"); // records hide where their fields are
    System.setProperty("jol.tryWithSudo", "false");
  }

  private static final double TOLERANCE = 0.25;
  private static final int MAX_FACTOR = 2;
  private static final CacheSettings SETTINGS =
      new CacheSettings(Duration.ofHours(1), Duration.ofHours(1), Integer.MAX_VALUE);

  /** What cloud-init reads at boot. */
  private static final List<String> PATHS =
      List.of(
          "/openstack",
          "/openstack/latest/meta_data.json",
          "/openstack/latest/user_data",
          "/openstack/latest/network_data.json",
          "/openstack/latest/vendor_data.json",
          "/latest/meta-data/",
          "/latest/meta-data/ami-id",
          "/latest/meta-data/block-device-mapping/",
          "/latest/meta-data/hostname",
          "/latest/meta-data/instance-id",
          "/latest/meta-data/instance-type",
          "/latest/meta-data/local-hostname",
          "/latest/meta-data/local-ipv4",
          "/latest/meta-data/placement/availability-zone",
          "/latest/meta-data/public-ipv4",
          "/latest/meta-data/public-keys/0/openssh-key",
          "/latest/meta-data/reservation-id",
          "/latest/user-data");

  @TempDir private static Path folder;
  private static TestCloud cloud;

  @BeforeAll
  static void insertTheRecordedRows() throws Exception {
    cloud = TestCloud.databases(folder, "");
    new ConformanceRows(cloud).insert(Conformance.recordings());
  }

  @Test
  void areEstimated() throws Exception {
    AtomicReference<InstanceStore> store = new AtomicReference<>();
    InstanceCache empty = new InstanceCache(uuid -> store.get().load(uuid), SETTINGS);
    InstanceCache cache = new InstanceCache(uuid -> store.get().load(uuid), SETTINGS);
    NovaConf conf = NovaConf.load(List.of(folder.resolve("nova.conf")), List.of(), Map.of());
    try (NovaDatabase database = NovaDatabase.open(Application.databaseSettings(conf))) {
      store.set(new NovaInstances(database));
      readAll(cache);
    }
    store.set(uuid -> Optional.empty());
    cache.close(); // from a thread one gets to class loaders, which grow
    empty.close();
    long instances = cache.statistics().getInstances();
    double bytes = bytes(cache) - bytes(empty);
    System.out.printf(
        "%d shapes: %.0f bytes each, estimated %d%n",
        instances, bytes / instances, cache.statistics().getBytes() / instances);
    assertTrue(instances > 100);
    assertEquals(bytes, cache.statistics().getBytes(), TOLERANCE * bytes);
  }

  private static double bytes(InstanceCache cache) {
    return GraphLayout.parseInstance(cache).totalSize();
  }

  private static void readAll(InstanceCache cache) throws Exception {
    GuestTrees trees = Guest.trees(Guest.SETTINGS);
    List<Object> others = new ArrayList<>(List.of(trees));
    for (ConformanceRecording recording : Conformance.recordings()) {
      long before = cache.statistics().getBytes();
      Optional<InstanceDocuments> found = cache.find(recording.guest().instance());
      for (String path : found.isPresent() ? PATHS : List.<String>of()) {
        if (found.get().find(trees.route(path), Optional.empty()) instanceof Document document) {
          document.writeTo(OutputStream.nullOutputStream());
        }
      }
      long weight = cache.statistics().getBytes() - before;
      if (weight > 0 && others.size() > 1) {
        assertBounded(others, found.orElseThrow(), weight);
      }
      if (found.isPresent() && others.size() == 1) {
        others.add(found.get());
      }
    }
  }

  /** Compares what an instance has beside the trees and what is in common with another one. */
  private static void assertBounded(List<Object> others, InstanceDocuments found, long weight) {
    List<Object> all = new ArrayList<>(others);
    all.add(found);
    long bytes =
        GraphLayout.parseInstance(all.toArray()).totalSize()
            - GraphLayout.parseInstance(others.toArray()).totalSize();
    assertTrue(
        bytes <= MAX_FACTOR * weight,
        () -> found.instance().uuid() + " takes " + bytes + ", taken for " + weight);
  }
}
