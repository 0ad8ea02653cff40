// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.novacompat.metadata.python.Ip;

class NovaAddressBookTest {
  @Test
  void asksNovaNetworksTableForWhatTheInstancesDoNotTell() throws Exception {
    try (DemoCloud cloud = DemoCloud.start();
        NovaDatabase database = NovaDatabase.open(cloud.settings())) {
      cloud.change(
          "CREATE TABLE nova_cell2.fixed_ips (address varchar(39), instance_uuid varchar(36),"
              + " deleted int, UNIQUE KEY (address, deleted)) CHARSET utf8mb3");
      cloud.change(
          "INSERT INTO nova_cell2.fixed_ips VALUES ('10.9.9.9', '%1$s', 0), ('127.0.0.1', '%1$s', 0)"
              .formatted(DemoCloud.NUMA));
      try (NovaAddressBook book = NovaAddressBook.open(database)) {
        assertTrue(book.awaitFirstReading(Duration.ofSeconds(15)));
        assertEquals(
            List.of(DemoCloud.NUMA), book.instancesWith(Ip.parse("10.9.9.9").orElseThrow()));
        assertEquals(
            List.of(DemoCloud.PLAIN), book.instancesWith(Ip.parse("127.0.0.1").orElseThrow()));
        assertEquals(List.of(), book.instancesWith(Ip.parse("10.9.9.8").orElseThrow()));
      }
    }
  }
}
