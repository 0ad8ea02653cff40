// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.novacompat.metadata.instance.BlockDevices;
import org.novacompat.metadata.instance.Ec2Ids;
import org.novacompat.metadata.instance.Instance;
import org.novacompat.metadata.instance.KeyPair;
import org.novacompat.metadata.instance.Vif;
import org.novacompat.metadata.tree.Node;

/**
 * Replaces equal values by one of them, so that what instances have in common, such as a zone, a
 * key or a listing, is in memory once. Bounded: what is seldom met is not kept here.
 */
final class Interner {
  /** Larger values are left as they are. */
  private static final int MAX_BYTES = 2048;

  /** What an entry takes beside its value: its place in the cache. */
  private static final int ENTRY_BYTES = 96;

  /** What an object within a value takes, such as an address in a list. */
  private static final int OBJECT_BYTES = 48;

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
            .weigher((value, same) -> ENTRY_BYTES + bytes(value))
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
        one(instance.projectId()),
        one(instance.userId()),
        instance.hostname(),
        instance.displayName().equals(instance.hostname())
            ? instance.hostname()
            : instance.displayName(),
        one(instance.launchIndex()),
        one(instance.availabilityZone()),
        instance.reservationId(),
        one(instance.imageRef()),
        one(instance.keyName()),
        instance.keyData().equals(publicKey) ? publicKey : one(instance.keyData()),
        keyPair,
        one(instance.flavorName()),
        ec2Ids(instance.ec2Ids()),
        one(instance.blockDevices()),
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
    return new KeyPair(one(keyPair.name()), one(keyPair.type()), one(keyPair.publicKey()));
  }

  private Ec2Ids ec2Ids(Ec2Ids ids) {
    return new Ec2Ids(
        ids.instanceId(), one(ids.amiId()), one(ids.kernelId()), one(ids.ramdiskId()));
  }

  private <V> Map<String, V> keys(Map<String, V> map) {
    Map<String, V> copy = new LinkedHashMap<>();
    map.forEach((key, value) -> copy.put(one(key), value));
    return copy;
  }

  private Vif vif(Vif vif) {
    return new Vif(
        vif.id(),
        vif.address(),
        one(vif.type()),
        vif.deviceName(),
        vif.network().map(this::network));
  }

  private Vif.Network network(Vif.Network network) {
    return new Vif.Network(
        one(network.id()),
        one(network.mtu()),
        network.injected(),
        List.copyOf(network.subnets().stream().map(this::subnet).toList()));
  }

  private Vif.Subnet subnet(Vif.Subnet subnet) {
    return new Vif.Subnet(
        one(subnet.cidr()),
        subnet.version(),
        one(subnet.gateway()),
        one(subnet.dns()),
        subnet.ips(),
        one(subnet.routes()),
        one(subnet.dhcpServer()),
        subnet.enableDhcp(),
        one(subnet.ipv6AddressMode()));
  }

  @SuppressWarnings("unchecked") // a value's equal is of its class
  private <T> T one(T value) {
    return bytes(value) > MAX_BYTES ? value : (T) values.get(value, same -> same);
  }

  private static int bytes(Object value) {
    if (value instanceof String text) {
      return OBJECT_BYTES + 2 * text.length();
    }
    if (value instanceof Node node) {
      return node.bytes();
    }
    return OBJECT_BYTES + parts(value).mapToInt(Interner::bytes).sum();
  }

  private static Stream<?> parts(Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.stream();
    }
    if (value instanceof List<?> list) {
      return list.stream();
    }
    if (value instanceof Vif.Route route) {
      return Stream.of(route.cidr(), route.gateway());
    }
    if (value instanceof BlockDevices devices) {
      return Stream.of(
          devices.rootDeviceName(),
          devices.defaultEphemeralDevice(),
          devices.defaultSwapDevice(),
          devices.mappings());
    }
    return value instanceof BlockDevices.Mapping mapping
        ? Stream.of(
            mapping.sourceType(),
            mapping.destinationType(),
            mapping.guestFormat(),
            mapping.deviceName())
        : Stream.empty();
  }
}
