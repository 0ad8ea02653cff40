// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova.instances;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.novacompat.metadata.fixture.PythonOracle;
import org.novacompat.metadata.nova.objects.LeftOut;
import org.novacompat.metadata.nova.objects.NovaObjects;
import org.novacompat.metadata.nova.objects.UnreadableObjectException;
import org.novacompat.metadata.python.Cidr;
import org.novacompat.metadata.python.Ip;
import org.novacompat.metadata.python.PythonBase64;
import org.novacompat.metadata.tree.Guest;

/** Whatever a column holds, it is read or refused in one line, and every document is whole. */
class SerializedColumnFuzzTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> COLUMNS =
      List.of("flavor", "keypairs", "device_metadata", "numa_topology", "network_info");

  /** Reads a column. */
  private interface Reader {
    void read(String column, LeftOut leftOut) throws UnreadableObjectException;
  }

  @FuzzTest
  void isReadOrRefused(byte[] column) throws Exception {
    String text = new String(column, StandardCharsets.UTF_8);
    read(text, (json, leftOut) -> NovaObjects.flavorName(json));
    read(text, (json, leftOut) -> NovaObjects.keyPair(json));
    read(text, NovaObjects::devices);
    read(text, NovaObjects::dedicatedCpus);
    read(text, NovaObjects::networkInfo);
    for (String name : COLUMNS) {
      assertWhole(Guest.of(new Columns(Map.of(name, text)).instance()));
    }
    assertBase64(text);
    Ip.parseAsNetaddr(text);
    Cidr.of(text);
  }

  private static void read(String json, Reader reader) {
    LeftOut leftOut = new LeftOut();
    try {
      reader.read(json, leftOut);
      leftOut.summary().ifPresent(SerializedColumnFuzzTest::assertLine);
    } catch (UnreadableObjectException e) {
      assertLine(e.getMessage());
    }
  }

  private static void assertLine(String message) {
    assertTrue(message.matches("[\\x20-\\x7e]{1,200}"), message);
  }

  /** There is no network data where nothing of it can be read. */
  private static void assertWhole(Guest guest) throws JsonProcessingException {
    String metaData = guest.get("/openstack/latest/meta_data.json");
    assertNotEquals("404", metaData);
    JSON.readTree(metaData);
    JSON.readTree(guest.get("/openstack/latest/network_data.json"));
    guest.get("/latest/meta-data/public-keys/0/openssh-key");
    guest.get("/latest/meta-data/local-ipv4");
  }

  private static void assertBase64(String text) {
    PythonOracle.ask("base64", text)
        .ifPresent(answer -> assertEquals(answer.text().orElse("refused"), decoded(text)));
  }

  private static String decoded(String text) {
    try {
      return HexFormat.of().formatHex(PythonBase64.decode(text));
    } catch (IllegalArgumentException e) {
      return "refused";
    }
  }
}
