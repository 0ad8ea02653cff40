// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.cache;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.novacompat.metadata.instance.Instance;
import org.novacompat.metadata.instance.Instances;
import org.novacompat.metadata.instance.Instances.SubnetBuilder;
import org.novacompat.metadata.instance.Instances.VifBuilder;
import org.novacompat.metadata.instance.Vif;
import org.novacompat.metadata.tree.Guest;
import org.novacompat.metadata.tree.GuestTrees;
import org.novacompat.metadata.tree.InstanceDocuments;
import org.novacompat.metadata.tree.esurfing.EsurfingSettings;
import org.novacompat.metadata.tree.esurfing.EsurfingSettings.OwnerAccount;
import org.openjdk.jol.info.GraphLayout;

/**
 * What an instance with as much of one thing as it may have takes in memory, once guests have asked
 * for every path, against what the cache takes it for.
 */
class LargeInstanceBytesTest {
  static {
    System.setProperty("jol.magicFieldOffset", "true"); // records hide where their fields are
    System.setProperty("jol.tryWithSudo", "false");
  }

  private static final int MAX_PROPERTIES = 128;
  private static final int MAX_PROPERTY_LENGTH = 255;
  private static final int MAX_CUSTOM_BYTES = 65_536;
  private static final int UTF8_BYTES_PER_CHARACTER = 3;
  private static final int MAX_FACTOR = 2;

  @Test
  void propertiesOfChineseText() throws Exception {
    String[] metadata = properties("\u4e2d".repeat(MAX_PROPERTY_LENGTH));
    assertBounded(Instances.typical().metadata(metadata).build());
  }

  @Test
  void shortProperties() throws Exception {
    assertBounded(Instances.typical().metadata(properties("")).build());
  }

  @Test
  void customMetadataOfChineseText() throws Exception {
    String value = "\u4e2d".repeat(MAX_CUSTOM_BYTES / UTF8_BYTES_PER_CHARACTER - 2);
    assertBounded(Instances.typical().customMetadata(properties("\"" + value + "\"")).build());
  }

  @Test
  void interfaces() throws Exception {
    Vif[] vifs =
        IntStream.range(0, 28)
            .mapToObj(n -> VifBuilder.on(SubnetBuilder.v4(), SubnetBuilder.v6()).build())
            .toArray(Vif[]::new);
    assertBounded(Instances.typical().vifs(vifs).build());
  }

  /** Names and texts in turn; each text is an object of its own. */
  private static String[] properties(String text) {
    return IntStream.range(0, MAX_PROPERTIES)
        .boxed()
        .flatMap(number -> Stream.of("name" + number, new StringBuilder(text).toString()))
        .toArray(String[]::new);
  }

  private static void assertBounded(Instance instance) throws Exception {
    InstanceCache cache =
        new InstanceCache(
            uuid -> Optional.of(instance),
            new CacheSettings(Duration.ofHours(1), Duration.ofHours(1), Integer.MAX_VALUE));
    EsurfingSettings esurfing = new EsurfingSettings(Optional.empty(), OwnerAccount.PROJECT);
    GuestTrees trees = Guest.trees(Guest.with(esurfing));
    InstanceDocuments documents = cache.find(instance.uuid()).orElseThrow();
    Set<String> paths = trees.paths();
    paths.forEach(path -> documents.find(trees.route(path), Optional.empty()));
    cache.close();
    long bytes =
        GraphLayout.parseInstance(documents, trees).totalSize()
            - GraphLayout.parseInstance(trees).totalSize();
    long weight = cache.statistics().getBytes();
    System.out.printf("%d bytes, taken for %d%n", bytes, weight);
    assertTrue(bytes <= MAX_FACTOR * weight, () -> bytes + " bytes, taken for " + weight);
  }
}
