// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.application;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.management.Attribute;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.novacompat.metadata.cache.CacheSettings;
import org.novacompat.metadata.cache.InstanceCache;
import org.novacompat.metadata.cache.InstanceCacheMXBean;
import org.novacompat.metadata.instance.Instances;

class ManagementBeanTest {
  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
  private final ObjectName name;

  ManagementBeanTest() throws Exception {
    name = new ObjectName("org.novacompat.metadata:type=InstanceCache");
  }

  @Test
  void publishesEveryFigureOfTheInstanceCache() throws Exception {
    try (InstanceCache cache = cache()) {
      AutoCloseable published = ManagementBean.publish("InstanceCache", cache.statistics());
      cache.find("a");
      cache.find("a");
      Map<String, Object> attributes = attributes();
      assertEquals(cache.statistics().getBytes(), attributes.remove("Bytes"));
      assertEquals(
          Map.ofEntries(
              Map.entry("Hits", 1L),
              Map.entry("Misses", 1L),
              Map.entry("StaleAnswers", 0L),
              Map.entry("Loads", 1L),
              Map.entry("LoadFailures", 0L),
              Map.entry("Refreshes", 0L),
              Map.entry("Evictions", 0L),
              Map.entry("Instances", 1L),
              Map.entry("MaxBytes", 1L << 20),
              Map.entry("DatabaseFailing", false),
              Map.entry("DatabaseFailingSince", "")),
          attributes);
      published.close();
      assertFalse(server.isRegistered(name));
    }
  }

  @Test
  void takesThePlaceOfWhatWasPublishedBefore() throws Exception {
    try (InstanceCache before = cache();
        InstanceCache after = cache()) {
      InstanceCacheMXBean statistics = after.statistics();
      ManagementBean.publish("InstanceCache", before.statistics());
      AutoCloseable published = ManagementBean.publish("InstanceCache", statistics);
      after.find("a");
      assertEquals(1L, server.getAttribute(name, "Loads"));
      published.close();
    }
  }

  private static InstanceCache cache() {
    return new InstanceCache(
        uuid -> Optional.of(Instances.typical().build()),
        new CacheSettings(Duration.ofMinutes(1), Duration.ZERO, 1 << 20));
  }

  private Map<String, Object> attributes() throws Exception {
    String[] names =
        Arrays.stream(server.getMBeanInfo(name).getAttributes())
            .map(MBeanAttributeInfo::getName)
            .toArray(String[]::new);
    Map<String, Object> values = new TreeMap<>();
    for (Attribute attribute : server.getAttributes(name, names).asList()) {
      values.put(attribute.getName(), attribute.getValue());
    }
    return values;
  }
}
