// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.novacompat.metadata.instance.Device;
import org.novacompat.metadata.instance.KeyPair;
import org.novacompat.metadata.instance.Vif;

/**
 * Reads the objects that nova keeps serialized in columns. Versions are not compared: what is
 * needed is read where it is found, so that objects of older and newer novas are read alike.
 */
final class NovaObjects {
  private NovaObjects() {}

  /**
   * The current flavor's name, from {@code instance_extra.flavor} ({@code nova/objects/instance.py:
   * Instance._flavor_from_db}).
   */
  static String flavorName(String json) throws UnreadableObjectException {
    return JsonField.parse("flavor", json).get("cur").data().get("name").text();
  }

  /**
   * The first key pair of {@code instance_extra.keypairs}, the only one that nova shows ({@code
   * nova/objects/keypair.py: KeyPairList}).
   */
  static Optional<KeyPair> keyPair(String json) throws UnreadableObjectException {
    List<JsonField> keyPairs = JsonField.parse("keypairs", json).data().get("objects").elements();
    if (keyPairs.isEmpty()) {
      return Optional.empty();
    }
    JsonField first = keyPairs.get(0).data();
    return Optional.of(
        new KeyPair(
            first.get("name").text(),
            first.get("type").text(),
            first.get("public_key").textIfAny()));
  }

  /**
   * The tagged devices of {@code instance_extra.device_metadata}, in nova's order ({@code
   * nova/objects/virt_device_metadata.py: InstanceDeviceMetadata}). A kind that is not known is
   * left out.
   */
  static List<Device> devices(String json) throws UnreadableObjectException {
    JsonField metadata = JsonField.parse("device_metadata", json).data();
    List<Device> devices = new ArrayList<>();
    for (JsonField device : metadata.get("devices").elements()) {
      DeviceMetadata.read(device).ifPresent(devices::add);
    }
    return List.copyOf(devices);
  }

  /**
   * The pinned CPUs of {@code instance_extra.numa_topology}, sorted, each cell's own ({@code
   * nova/objects/instance_numa.py: InstanceNUMATopology.obj_from_db_obj}). Until Victoria a pinned
   * cell kept them in {@code cpuset}. The unversioned form from before Liberty pins none.
   */
  static List<Integer> dedicatedCpus(String json) throws UnreadableObjectException {
    JsonField topology = JsonField.parse("numa_topology", json);
    if (topology.node().isNull() || !topology.get("nova_object.name").isSet()) {
      return List.of();
    }
    List<Integer> cpus = new ArrayList<>();
    for (JsonField cell : topology.data().get("cells").elements()) {
      cpus.addAll(pinned(cell.data()));
    }
    return cpus.stream().sorted().toList();
  }

  private static TreeSet<Integer> pinned(JsonField cell) throws UnreadableObjectException {
    TreeSet<Integer> cpuset = integers(cell.get("cpuset"));
    boolean dedicated = "dedicated".equals(cell.get("cpu_policy").textIfAny().orElse(""));
    return dedicated && !cpuset.isEmpty() ? cpuset : integers(cell.get("pcpuset"));
  }

  private static TreeSet<Integer> integers(JsonField set) throws UnreadableObjectException {
    TreeSet<Integer> integers = new TreeSet<>();
    if (set.isSet()) {
      for (JsonField element : set.elements()) {
        integers.add(element.integer());
      }
    }
    return integers;
  }

  /**
   * The virtual interfaces of {@code instance_info_caches.network_info}, in nova's order ({@code
   * nova/network/model.py: NetworkInfo.hydrate}).
   */
  static List<Vif> networkInfo(String json) throws UnreadableObjectException {
    JsonField vifs = JsonField.parse("network_info", json);
    boolean iterable = vifs.node().isContainerNode() || vifs.node().isTextual();
    if (iterable && !vifs.isTrue()) {
      return List.of();
    }
    List<Vif> read = new ArrayList<>();
    for (JsonField vif : vifs.elements()) {
      read.add(NetworkModel.vif(vif));
    }
    return List.copyOf(read);
  }
}
