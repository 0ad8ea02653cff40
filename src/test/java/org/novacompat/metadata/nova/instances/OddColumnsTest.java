// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova.instances;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.novacompat.metadata.conformance.Conformance;
import org.novacompat.metadata.conformance.ConformanceRecording;
import org.novacompat.metadata.tree.Guest;

/**
 * Whatever is dropped, null or of another type in a serialized column, no document breaks: only
 * what is made of that node may change. The columns are those of the conformance recordings and of
 * {@code nova-main}.
 */
class OddColumnsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String META_DATA = "/openstack/latest/meta_data.json";
  private static final String NETWORK_DATA = "/openstack/latest/network_data.json";
  private static final List<String> OTHERS =
      List.of(
          "/openstack/2012-08-10/meta_data.json",
          "/openstack/2016-06-30/meta_data.json",
          "/openstack/content/0000",
          "/latest/meta-data",
          "/latest/meta-data/local-ipv4",
          "/latest/meta-data/public-ipv4",
          "/latest/meta-data/instance-type",
          "/latest/meta-data/public-keys/0/openssh-key");

  private static final List<Column> RECORDED = recorded();

  /**
   * A column as nova wrote it.
   *
   * @param name the column
   * @param json its content
   * @param pointers every node in it but the root
   */
  record Column(String name, JsonNode json, List<String> pointers) {}

  /**
   * A column with one change.
   *
   * @param column the column as nova wrote it
   * @param pointer the node that was changed
   * @param json the content after the change
   */
  record Change(Column column, String pointer, JsonNode json) {
    Guest guest() {
      return Guest.of(Columns.NONE.with(column.name(), json).instance());
    }

    Guest guestBefore() {
      return Guest.of(Columns.NONE.with(column.name(), column.json()).instance());
    }

    @Override
    public String toString() {
      return column.name() + " changed at " + pointer + ": " + json;
    }
  }

  @Property(tries = 2000)
  void noDocumentBreaks(@ForAll("changes") Change change) throws JsonProcessingException {
    Guest guest = change.guest();

    String metaData = guest.get(META_DATA);
    assertNotEquals("404", metaData);
    List<String> fields = new ArrayList<>();
    JSON.readTree(metaData).fieldNames().forEachRemaining(fields::add);
    fields.removeAll(List.of("network_config", "public_keys", "keys"));
    assertEquals(
        List.of(
            "uuid",
            "hostname",
            "name",
            "launch_index",
            "availability_zone",
            "random_seed",
            "project_id",
            "devices",
            "dedicated_cpus"),
        fields);
    assertNotEquals("404", guest.get(NETWORK_DATA), "of a list, what can be read is shown");
    OTHERS.forEach(guest::get);
  }

  @Property(tries = 500)
  void theOtherDevicesStayAsTheyWere(@ForAll("changedDevices") Change change)
      throws JsonProcessingException {
    JsonNode before = JSON.readTree(change.guestBefore().get(META_DATA)).get("devices");
    JsonNode after = JSON.readTree(change.guest().get(META_DATA)).get("devices");
    assertOthersStay(before, after, change);
  }

  @Property(tries = 500)
  void theOtherLinksStayAsTheyWere(@ForAll("changedVifs") Change change)
      throws JsonProcessingException {
    JsonNode before = JSON.readTree(change.guestBefore().get(NETWORK_DATA)).path("links");
    JsonNode after = JSON.readTree(change.guest().get(NETWORK_DATA)).path("links");
    assertOthersStay(withoutCount(before), withoutCount(after), change);
  }

  /** An interface without a device name is called by how many are shown before it. */
  private static JsonNode withoutCount(JsonNode links) {
    links.forEach(
        link -> {
          if (link.path("id").asText().startsWith("interface")) {
            ((ObjectNode) link).remove("id");
          }
        });
    return links;
  }

  /** All but one of the elements are still there, in their order. */
  private static void assertOthersStay(JsonNode before, JsonNode after, Change change) {
    List<String> missing = texts(before);
    texts(after).forEach(missing::remove);
    assertTrue(missing.size() <= 1, () -> change + " costs " + missing);
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(element -> texts.add(element.toString()));
    return texts;
  }

  @Provide
  Arbitrary<Change> changes() {
    return changesOf(RECORDED);
  }

  @Provide
  Arbitrary<Change> changedDevices() {
    return changesOf(
        RECORDED.stream().filter(column -> column.name().equals("device_metadata")).toList(),
        "/nova_object.data/devices/\\d+(/.*)?");
  }

  @Provide
  Arbitrary<Change> changedVifs() {
    return changesOf(
        RECORDED.stream().filter(column -> column.name().equals("network_info")).toList(),
        "/\\d+/.*");
  }

  private static Arbitrary<Change> changesOf(List<Column> columns) {
    return changesOf(columns, ".*");
  }

  private static Arbitrary<Change> changesOf(List<Column> columns, String pointers) {
    return Arbitraries.of(columns)
        .filter(column -> column.pointers().stream().anyMatch(at -> at.matches(pointers)))
        .flatMap(
            column ->
                Arbitraries.of(
                        column.pointers().stream().filter(at -> at.matches(pointers)).toList())
                    .flatMap(at -> changesAt(column, at)));
  }

  private static Arbitrary<Change> changesAt(Column column, String pointer) {
    return Arbitraries.oneOf(
            Arbitraries.just(without(column.json(), pointer)),
            values().map(value -> with(column.json(), pointer, value)))
        .map(changed -> new Change(column, pointer, changed));
  }

  private static Arbitrary<JsonNode> values() {
    return Arbitraries.of(
            "null",
            "true",
            "false",
            "0",
            "1",
            "-7",
            "4.5",
            "1e400",
            "9999999999999",
            "\"\"",
            "\"x\"",
            "\"5\"",
            "\"é\"",
            "[]",
            "{}",
            "[null]",
            "[[]]",
            "[5]",
            "{\"a\": null}",
            "{\"address\": null}",
            "{\"nova_object.name\": null}",
            "{\"nova_object.data\": []}")
        .map(OddColumnsTest::parsed);
  }

  private static JsonNode without(JsonNode json, String pointer) {
    JsonNode copy = json.deepCopy();
    JsonNode parent = copy.at(pointer.substring(0, pointer.lastIndexOf('/')));
    String name = pointer.substring(pointer.lastIndexOf('/') + 1);
    if (parent instanceof ArrayNode list) {
      list.remove(Integer.parseInt(name));
    } else if (parent instanceof ObjectNode object) {
      object.remove(name);
    }
    return copy;
  }

  private static JsonNode with(JsonNode json, String pointer, JsonNode value) {
    JsonNode copy = json.deepCopy();
    JsonNode parent = copy.at(pointer.substring(0, pointer.lastIndexOf('/')));
    String name = pointer.substring(pointer.lastIndexOf('/') + 1);
    if (parent instanceof ArrayNode list) {
      list.set(Integer.parseInt(name), value);
    } else if (parent instanceof ObjectNode object) {
      object.set(name, value);
    }
    return copy;
  }

  private static List<Column> recorded() {
    try {
      Map<JsonNode, Column> columns = new LinkedHashMap<>();
      for (ConformanceRecording recording : Conformance.recordings()) {
        add(columns, recording, "instance_extra", "flavor", "keypairs");
        add(columns, recording, "instance_extra", "device_metadata", "numa_topology");
        add(columns, recording, "instance_info_caches", "network_info");
      }
      return List.copyOf(columns.values());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void add(
      Map<JsonNode, Column> columns, ConformanceRecording from, String table, String... names) {
    for (Map<String, Object> row : from.rows().getOrDefault(table, List.of())) {
      for (String name : names) {
        JsonNode json = parsed((String) row.getOrDefault(name, "null"));
        List<String> pointers = new ArrayList<>();
        collect(json, "", pointers);
        if (!pointers.isEmpty()) {
          columns.put(json, new Column(name, json, pointers));
        }
      }
    }
  }

  private static void collect(JsonNode node, String pointer, List<String> pointers) {
    if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        pointers.add(pointer + "/" + i);
        collect(node.get(i), pointer + "/" + i, pointers);
      }
    }
    node.properties()
        .forEach(
            member -> {
              pointers.add(pointer + "/" + member.getKey());
              collect(member.getValue(), pointer + "/" + member.getKey(), pointers);
            });
  }

  /** What a recording holds that is no JSON has no nodes to change. */
  private static JsonNode parsed(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      return JSON.nullNode();
    }
  }
}
