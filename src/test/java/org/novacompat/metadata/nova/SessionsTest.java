// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.novacompat.metadata.nova.DemoCloud.PLAIN;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.novacompat.metadata.config.ConnectionOptions;
import org.novacompat.metadata.config.DriverOptions;
import org.novacompat.metadata.instance.CustomMetadataTarget;
import org.novacompat.metadata.instance.Instance;
import org.novacompat.metadata.instance.PasswordStore.Outcome;
import org.novacompat.metadata.nova.custommetadata.NovaCustomMetadata;
import org.novacompat.metadata.nova.database.NovaDatabaseSettings;
import org.novacompat.metadata.nova.database.PoolSettings;
import org.novacompat.metadata.nova.instances.NovaInstances;
import org.novacompat.metadata.nova.instances.NovaPasswords;

/** Reading and writing do not depend on what an operator wants of connections. */
class SessionsTest extends OnDemoCloud {
  private static final String AWKWARD = "it's \\ a \"password\" č";
  private static final String PROJECT = "3f2c1b0a9d8e4f7c8b6a5d4e3c2b1a00";
  private static final int NOVAS_LIMIT = 128;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TRADITIONAL | 0 | true",
        "TRADITIONAL | 15 | false",
        "ANSI | 0 | true",
        "'ANSI,TRADITIONAL,ONLY_FULL_GROUP_BY' | 0 | false",
        "NO_BACKSLASH_ESCAPES | 1 | true",
        "NO_BACKSLASH_ESCAPES | 1 | false",
        "'' | 7 | true"
      })
  void readsAndWritesTheSame(String mode, int wait, String prepared) throws Exception {
    Instance usual = new NovaInstances(database).load(PLAIN).orElseThrow();
    open(
        new ConnectionOptions(
            Optional.of(mode).filter(text -> !text.isEmpty()),
            Optional.of(wait),
            new DriverOptions(Map.of("useServerPrepStmts", prepared))));

    assertEquals(usual, new NovaInstances(database).load(PLAIN).orElseThrow());
    assertEquals(Outcome.STORED, new NovaPasswords(database).store(PLAIN, AWKWARD));
    assertEquals(
        List.of(Map.of("value", AWKWARD)),
        cloud.query(
            "SELECT value FROM nova_cell1.instance_system_metadata WHERE `key` = 'password_0'"
                + " AND instance_uuid = '"
                + PLAIN
                + "'"));
    CustomMetadataTarget target =
        new CustomMetadataTarget(PLAIN, Set.of(PROJECT), Optional.empty());
    NovaCustomMetadata metadata = new NovaCustomMetadata(database, NOVAS_LIMIT);
    Map<String, String> values = Map.of("text", "\"it's č\"", "array", "[\"it's \\\\ č\", 1.0]");
    Map<String, String> all = metadata.merge(target, values);
    assertEquals(values.get("text"), all.get("text"));
    assertEquals(values.get("array"), all.get("array"));
    assertEquals(all, metadata.read(target));
  }

  private void open(ConnectionOptions options) {
    PoolSettings pool =
        new PoolSettings(5, 5, Duration.ofSeconds(30), Duration.ofHours(1), options);
    NovaDatabaseSettings usual = cloud.settings();
    open(new NovaDatabaseSettings(usual.apiDatabase(), pool, usual.database(), pool, false));
  }
}
