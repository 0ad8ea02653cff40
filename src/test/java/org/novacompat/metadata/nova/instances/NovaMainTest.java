// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova.instances;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.novacompat.metadata.tree.Guest;

/**
 * What nova's main branch of August 2026 answers for rows that the nova of the conformance
 * recordings, 26, does not write: {@code nova-main/answers.json} has the columns and the documents.
 */
class NovaMainTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Stream<JsonNode> cases() throws IOException {
    try (InputStream in = NovaMainTest.class.getResourceAsStream("/nova-main/answers.json")) {
      return StreamSupport.stream(JSON.readTree(in).required("cases").spliterator(), false);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isAnsweredAsNovaMainDoes(JsonNode known) throws IOException {
    Guest guest =
        Guest.of(
            Columns.NONE
                .with("network_info", known.path("network_info"))
                .with("device_metadata", known.path("device_metadata"))
                .with("numa_topology", known.path("numa_topology"))
                .instance());

    assertEquals(
        known.required("network_data.json").toString(),
        JSON.readTree(guest.get("/openstack/latest/network_data.json")).toString());
    JsonNode metaData = JSON.readTree(guest.get("/openstack/latest/meta_data.json"));
    for (String field : new String[] {"devices", "dedicated_cpus", "network_config"}) {
      JsonNode expected = known.path("meta_data.json " + field);
      if (!expected.isMissingNode()) {
        assertEquals(expected.toString(), metaData.path(field).toString(), field);
      }
    }
  }
}
