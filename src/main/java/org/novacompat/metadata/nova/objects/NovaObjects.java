// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova.objects;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.novacompat.metadata.instance.Device;
import org.novacompat.metadata.instance.KeyPair;
import org.novacompat.metadata.instance.Vif;

/**
 * Reads the objects that nova keeps serialized in columns. But for a NUMA cell's, versions are not
 * compared: what is needed is read where it is found, so that objects of older and newer novas are
 * read alike.
 */
public final class NovaObjects {
  private NovaObjects() {}

  /**
   * The current flavor's name, from {@code instance_extra.flavor} ({@code nova/objects/instance.py:
   * Instance._flavor_from_db}).
   */
  public static String flavorName(String json) throws UnreadableObjectException {
    return JsonField.parse("flavor", json).get("cur").data().get("name").text();
  }

  /**
   * The first key pair of {@code instance_extra.keypairs}, the only one that nova shows ({@code
   * nova/objects/keypair.py: KeyPairList}).
   */
  public static Optional<KeyPair> keyPair(String json) throws UnreadableObjectException {
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
   *
   * @param leftOut learns of devices that cannot be read
   */
  public static List<Device> devices(String json, LeftOut leftOut)
      throws UnreadableObjectException {
    JsonField metadata = JsonField.parse("device_metadata", json).data();
    return leftOut.each(() -> metadata.get("devices").elements(), DeviceObject::read).stream()
        .flatMap(Optional::stream)
        .toList();
  }

  /**
   * The pinned CPUs of {@code instance_extra.numa_topology}, sorted, each cell's own ({@code
   * nova/objects/instance_numa.py: InstanceNUMATopology.obj_from_db_obj}). The unversioned form
   * from before Liberty pins none.
   *
   * @param leftOut learns of cells that cannot be read
   */
  public static List<Integer> dedicatedCpus(String json, LeftOut leftOut)
      throws UnreadableObjectException {
    JsonField topology = JsonField.parse("numa_topology", json);
    if (topology.node().isNull() || !topology.get("nova_object.name").isSet()) {
      return List.of();
    }
    JsonField data = topology.data();
    return leftOut.each(() -> data.get("cells").elements(), NumaCell::pinned).stream()
        .flatMap(SortedSet::stream)
        .sorted()
        .toList();
  }

  /**
   * The virtual interfaces of {@code instance_info_caches.network_info}, in nova's order ({@code
   * nova/network/model.py: NetworkInfo.hydrate}).
   *
   * @param leftOut learns of interfaces, and of what is in one, that cannot be read
   */
  public static List<Vif> networkInfo(String json, LeftOut leftOut)
      throws UnreadableObjectException {
    JsonField vifs = JsonField.parse("network_info", json);
    boolean iterable = vifs.node().isContainerNode() || vifs.node().isTextual();
    if (iterable && !vifs.isTrue()) {
      return List.of();
    }
    List<JsonField> elements = vifs.elements();
    NetworkModel model = new NetworkModel(leftOut);
    return leftOut.each(() -> elements, model::vif);
  }
}
