// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree.openstack;

import static org.novacompat.metadata.tree.JsonNodes.JSON;
import static org.novacompat.metadata.tree.JsonNodes.nullable;
import static org.novacompat.metadata.tree.openstack.OpenStackVersion.EPOXY;
import static org.novacompat.metadata.tree.openstack.OpenStackVersion.OCATA;
import static org.novacompat.metadata.tree.openstack.OpenStackVersion.ROCKY;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.novacompat.metadata.instance.Device;
import org.novacompat.metadata.instance.Device.Disk;
import org.novacompat.metadata.instance.Device.Nic;
import org.novacompat.metadata.instance.Device.Setting;
import org.novacompat.metadata.instance.Device.Share;

/**
 * The tagged devices of meta_data.json ({@code nova/api/metadata/base.py: _get_device_metadata}).
 */
final class TaggedDevices {
  /** The versions at which the devices look different. */
  static final List<OpenStackVersion> CHANGES = List.of(OCATA, ROCKY, EPOXY);

  private static final String NONE = "none";

  private TaggedDevices() {}

  static ArrayNode of(List<Device> devices, OpenStackVersion version) {
    ArrayNode shown = JSON.arrayNode();
    devices.stream()
        .filter(TaggedDevices::isOnKnownBus)
        .forEach(
            device ->
                particulars(device, version).ifPresent(node -> shown.add(withPlace(node, device))));
    return shown;
  }

  private static boolean isOnKnownBus(Device device) {
    return device.bus().map(bus -> bus.type().isPresent()).orElse(true);
  }

  private static Optional<ObjectNode> particulars(Device device, OpenStackVersion version) {
    if (device instanceof Nic nic) {
      return nic(nic, version);
    }
    if (device instanceof Disk disk) {
      return Optional.of(disk(disk));
    }
    return version.isSince(EPOXY) ? Optional.of(share((Share) device)) : Optional.empty();
  }

  /** Shows an interface that has anything to say: tags, a VLAN or its trust. */
  private static Optional<ObjectNode> nic(Nic nic, OpenStackVersion version) {
    boolean showsVlan = version.isSince(OCATA) && nic.vlan().isPresent();
    boolean showsTrust = version.isSince(ROCKY);
    if (nic.tags().isEmpty() && !showsVlan && !showsTrust) {
      return Optional.empty();
    }
    ObjectNode node = JSON.objectNode();
    if (showsVlan) {
      nic.vlan().ifPresent(vlan -> node.put("vlan", vlan));
    }
    if (showsTrust) {
      node.put("vf_trusted", nic.vfTrusted());
    }
    return Optional.of(node.put("type", "nic").put("mac", nic.mac()));
  }

  private static ObjectNode disk(Disk disk) {
    ObjectNode node = JSON.objectNode().put("type", "disk");
    putIfSet("serial", disk.serial(), node);
    putIfSet("path", disk.path(), node);
    return node;
  }

  private static void putIfSet(String name, Setting setting, ObjectNode node) {
    if (setting.present()) {
      node.set(name, nullable(setting.value()));
    }
  }

  private static ObjectNode share(Share share) {
    ObjectNode node = JSON.objectNode().put("type", "share");
    node.set("share_id", nullable(share.shareId()));
    return node.set("tag", nullable(share.tag()));
  }

  private static ObjectNode withPlace(ObjectNode node, Device device) {
    node.put("bus", device.bus().flatMap(Device.Bus::type).orElse(NONE));
    node.put("address", device.bus().flatMap(Device.Bus::address).orElse(NONE));
    device
        .tags()
        .ifPresent(
            tags -> {
              ArrayNode names = node.putArray("tags");
              tags.forEach(names::add);
            });
    return node;
  }
}
