// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree.openstack;

import static org.novacompat.metadata.tree.JsonNodes.JSON;
import static org.novacompat.metadata.tree.JsonNodes.nullable;
import static org.novacompat.metadata.tree.JsonNodes.nullableInt;
import static org.novacompat.metadata.tree.openstack.OpenStackVersion.FOLSOM;
import static org.novacompat.metadata.tree.openstack.OpenStackVersion.GRIZZLY;
import static org.novacompat.metadata.tree.openstack.OpenStackVersion.LIBERTY;
import static org.novacompat.metadata.tree.openstack.OpenStackVersion.NEWTON_ONE;
import static org.novacompat.metadata.tree.openstack.OpenStackVersion.VICTORIA;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.novacompat.metadata.instance.Instance;
import org.novacompat.metadata.instance.KeyPair;
import org.novacompat.metadata.python.PythonJson;
import org.novacompat.metadata.tree.ContentType;
import org.novacompat.metadata.tree.Document;
import org.novacompat.metadata.tree.Hostname;
import org.novacompat.metadata.tree.Node;

/**
 * meta_data.json, as a table of its fields ({@code nova/api/metadata/base.py: _metadata_as_json}).
 */
final class MetaData {
  private final Hostname hostname;
  private final InjectedNetwork injectedNetwork;
  private final List<Field> beforeSeed;
  private final List<Field> afterSeed;

  MetaData(Hostname hostname, InjectedNetwork injectedNetwork) {
    this.hostname = hostname;
    this.injectedNetwork = injectedNetwork;
    this.beforeSeed =
        List.of(
            new Field("uuid", FOLSOM, (i, v) -> Optional.of(JSON.textNode(i.uuid()))),
            new Field("meta", FOLSOM, (i, v) -> meta(i)),
            new Field("network_config", FOLSOM, (i, v) -> networkConfig(i)),
            new Field("public_keys", FOLSOM, (i, v) -> keyPair(i).map(MetaData::publicKeys)),
            new Field("keys", FOLSOM, (i, v) -> keyPair(i).map(MetaData::keys)),
            new Field("hostname", FOLSOM, (i, v) -> Optional.of(nullable(hostname.of(i)))),
            new Field("name", FOLSOM, (i, v) -> Optional.of(nullable(i.displayName()))),
            new Field("launch_index", FOLSOM, (i, v) -> Optional.of(nullableInt(i.launchIndex()))),
            new Field(
                "availability_zone",
                FOLSOM,
                (i, v) -> Optional.of(nullable(i.availabilityZone()))));
    this.afterSeed =
        List.of(
            new Field("project_id", LIBERTY, (i, v) -> Optional.of(nullable(i.projectId()))),
            new Field(
                "devices", NEWTON_ONE, (i, v) -> Optional.of(TaggedDevices.of(i.devices(), v))),
            new Field("dedicated_cpus", VICTORIA, (i, v) -> Optional.of(dedicatedCpus(i))));
  }

  /**
   * A field of the document.
   *
   * @param name its key
   * @param since the first version with it
   * @param value makes it; empty leaves it out
   */
  private record Field(String name, OpenStackVersion since, Value value) {}

  @FunctionalInterface
  private interface Value {
    Optional<? extends JsonNode> of(Instance instance, OpenStackVersion version);
  }

  /** Gives the versions at which the document changes. */
  List<OpenStackVersion> changes() {
    return Stream.of(
            Stream.of(GRIZZLY),
            afterSeed.stream().map(Field::since),
            TaggedDevices.CHANGES.stream())
        .flatMap(versions -> versions)
        .distinct()
        .sorted()
        .toList();
  }

  /** Renders the document; what cannot be known is left out, empty or null. */
  Node of(Instance instance, OpenStackVersion version) {
    byte[] head = PythonJson.write(fields(beforeSeed, instance, version));
    if (!version.isSince(GRIZZLY)) {
      return Document.of(ContentType.JSON, head);
    }
    return seeded(head, PythonJson.write(fields(afterSeed, instance, version)));
  }

  private static ObjectNode fields(
      List<Field> fields, Instance instance, OpenStackVersion version) {
    ObjectNode object = JSON.objectNode();
    for (Field field : fields) {
      if (version.isSince(field.since())) {
        field.value().of(instance, version).ifPresent(value -> object.set(field.name(), value));
      }
    }
    return object;
  }

  /** Joins two objects into one, with the seed between them. */
  private static Node seeded(byte[] head, byte[] tail) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream(head.length + tail.length + 24);
    frame.write(head, 0, head.length - 1);
    frame.writeBytes(ascii(", \"random_seed\": \""));
    int seedAt = frame.size();
    boolean hasTail = tail.length > "{}".length();
    frame.writeBytes(ascii(hasTail ? "\", " : "\""));
    frame.write(tail, 1, tail.length - 1);
    return Document.seeded(ContentType.JSON, frame.toByteArray(), seedAt);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static Optional<JsonNode> meta(Instance instance) {
    if (instance.metadata().isEmpty()) {
      return Optional.empty();
    }
    ObjectNode meta = JSON.objectNode();
    instance.metadata().forEach((key, value) -> meta.set(key, nullable(value)));
    return Optional.of(meta);
  }

  private Optional<JsonNode> networkConfig(Instance instance) {
    return injectedNetwork
        .of(instance)
        .map(
            content ->
                JSON.objectNode()
                    .put("name", "network_config")
                    .put("content_path", InjectedNetwork.CONTENT_PATH));
  }

  private static Optional<KeyPair> keyPair(Instance instance) {
    boolean hasKeyName = instance.keyName().filter(name -> !name.isEmpty()).isPresent();
    return hasKeyName ? instance.keyPair() : Optional.empty();
  }

  private static JsonNode publicKeys(KeyPair keyPair) {
    return JSON.objectNode().put(keyPair.name(), keyPair.publicKey().orElse(null));
  }

  private static JsonNode keys(KeyPair keyPair) {
    return JSON.arrayNode()
        .add(
            JSON.objectNode()
                .put("name", keyPair.name())
                .put("type", keyPair.type())
                .put("data", keyPair.publicKey().orElse(null)));
  }

  private static JsonNode dedicatedCpus(Instance instance) {
    ArrayNode cpus = JSON.arrayNode();
    instance.dedicatedCpus().forEach(cpus::add);
    return cpus;
  }
}
