// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.management.Attribute;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.novacompat.metadata.instance.CacheCounts;

class InstanceCacheTest {
  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
  private final ObjectName name;

  InstanceCacheTest() throws Exception {
    name = new ObjectName("org.novacompat.metadata:type=InstanceCache");
  }

  @Test
  void publishesEveryFigure() throws Exception {
    Instant since = Instant.parse("2026-01-01T00:00:00Z");
    CacheCounts counts = new CacheCounts(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, Optional.of(since));
    AutoCloseable published = InstanceCache.publish(() -> counts);
    assertEquals(
        Map.ofEntries(
            Map.entry("Hits", 1L),
            Map.entry("Misses", 2L),
            Map.entry("StaleAnswers", 3L),
            Map.entry("Loads", 4L),
            Map.entry("LoadFailures", 5L),
            Map.entry("Refreshes", 6L),
            Map.entry("Evictions", 7L),
            Map.entry("Instances", 8L),
            Map.entry("Bytes", 9L),
            Map.entry("MostBytes", 10L),
            Map.entry("DatabaseFailing", true),
            Map.entry("DatabaseFailingSince", "2026-01-01T00:00:00Z")),
        attributes());
    published.close();
    assertFalse(server.isRegistered(name));
  }

  @Test
  void takesThePlaceOfWhatWasPublishedBefore() throws Exception {
    CacheCounts none = new CacheCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Optional.empty());
    InstanceCache.publish(() -> none);
    AutoCloseable published = InstanceCache.publish(() -> none);
    assertEquals(false, server.getAttribute(name, "DatabaseFailing"));
    assertEquals("", server.getAttribute(name, "DatabaseFailingSince"));
    published.close();
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
