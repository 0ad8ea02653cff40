// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.novacompat.metadata.instance.BlockDevices;
import org.novacompat.metadata.instance.Ec2Ids;
import org.novacompat.metadata.instance.Instance;
import org.novacompat.metadata.instance.KeyPair;
import org.novacompat.metadata.instance.Vif;
import org.novacompat.metadata.tree.Document;
import org.novacompat.metadata.tree.Node;

/**
 * Replaces equal values by one of them, so that what instances have in common, such as a zone, a
 * key or a listing, is in memory once. Bounded: what is seldom met is not kept here.
 */
final class Interner {
  /** Longer texts, in characters, are left as they are. */
  private static final int MAX_LENGTH = 1024;

  /**
   * What an entry takes beside its text: its place in the cache and the objects around the text.
   */
  private static final int ENTRY_BYTES = 96;

  private final Cache<Object, Object> values;

  /**
   * Starts with nothing.
   *
   * @param maxBytes the most memory that values may take here, as it is estimated
   */
  Interner(long maxBytes) {
    this.values =
        Caffeine.newBuilder()
            .maximumWeight(maxBytes)
            .weigher((value, same) -> ENTRY_BYTES + textBytes(value))
            .executor(Runnable::run)
            .build();
  }

  /** Estimates what is kept here, in bytes. */
  long bytes() {
    return values.policy().eviction().orElseThrow().weightedSize().orElseThrow();
  }

  /** Finds the one of all equal nodes. */
  Node intern(Node node) {
    return one(node);
  }

  /**
   * Copies an instance with what it has in common with others.
   *
   * @param key the UUID in lower case, as the cache holds it
   */
  Instance intern(String key, Instance instance) {
    Optional<KeyPair> keyPair = instance.keyPair().map(this::keyPair);
    Optional<String> publicKey = keyPair.flatMap(KeyPair::publicKey);
    return new Instance(
        instance.uuid().equals(key) ? key : instance.uuid(),
        text(instance.projectId()),
        text(instance.userId()),
        instance.hostname(),
        instance.displayName().equals(instance.hostname())
            ? instance.hostname()
            : instance.displayName(),
        one(instance.launchIndex()),
        text(instance.availabilityZone()),
        instance.reservationId(),
        text(instance.imageRef()),
        text(instance.keyName()),
        instance.keyData().equals(publicKey) ? publicKey : text(instance.keyData()),
        keyPair,
        text(instance.flavorName()),
        ec2Ids(instance.ec2Ids()),
        blockDevices(instance.blockDevices()),
        instance.userData(),
        keys(instance.metadata()),
        keys(instance.customMetadata()),
        instance.password(),
        instance.devices(),
        instance.dedicatedCpus(),
        List.copyOf(instance.vifs().stream().map(this::vif).toList()),
        instance.unreadable());
  }

  private KeyPair keyPair(KeyPair keyPair) {
    return one(new KeyPair(text(keyPair.name()), text(keyPair.type()), text(keyPair.publicKey())));
  }

  private Ec2Ids ec2Ids(Ec2Ids ids) {
    return new Ec2Ids(
        ids.instanceId(), text(ids.amiId()), text(ids.kernelId()), text(ids.ramdiskId()));
  }

  private BlockDevices blockDevices(BlockDevices devices) {
    return one(devices);
  }

  private <V> Map<String, V> keys(Map<String, V> map) {
    Map<String, V> copy = new LinkedHashMap<>();
    map.forEach((key, value) -> copy.put(text(key), value));
    return copy;
  }

  private Vif vif(Vif vif) {
    return new Vif(
        vif.id(),
        vif.address(),
        text(vif.type()),
        vif.deviceName(),
        vif.network().map(this::network));
  }

  private Vif.Network network(Vif.Network network) {
    return new Vif.Network(
        text(network.id()),
        one(network.mtu()),
        network.injected(),
        List.copyOf(network.subnets().stream().map(this::subnet).toList()));
  }

  private Vif.Subnet subnet(Vif.Subnet subnet) {
    return new Vif.Subnet(
        text(subnet.cidr()),
        subnet.version(),
        text(subnet.gateway()),
        one(subnet.dns()),
        subnet.ips(),
        one(subnet.routes()),
        text(subnet.dhcpServer()),
        subnet.enableDhcp(),
        text(subnet.ipv6AddressMode()));
  }

  private Optional<String> text(Optional<String> text) {
    return text.isEmpty() || text.get().length() > MAX_LENGTH ? text : one(text);
  }

  private String text(String text) {
    return text.length() > MAX_LENGTH ? text : one(text);
  }

  @SuppressWarnings("unchecked") // a value's equal is of its class
  private <T> T one(T value) {
    return (T) values.get(value, same -> same);
  }

  private static int textBytes(Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.map(Interner::textBytes).orElse(0);
    }
    if (value instanceof String text) {
      return text.length();
    }
    return value instanceof Document document ? document.length() : ENTRY_BYTES;
  }
}
