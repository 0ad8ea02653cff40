// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.novacompat.metadata.instance.Device;
import org.novacompat.metadata.instance.Device.Bus;
import org.novacompat.metadata.instance.Device.Disk;
import org.novacompat.metadata.instance.Device.Nic;
import org.novacompat.metadata.instance.Device.Share;

/**
 * Reads one serialized device ({@code nova/objects/virt_device_metadata.py: DeviceMetadata} and its
 * kinds).
 */
final class DeviceMetadata {
  private static final Map<String, String> BUSES =
      Map.of(
          "PCIDeviceBus", "pci",
          "USBDeviceBus", "usb",
          "SCSIDeviceBus", "scsi",
          "IDEDeviceBus", "ide",
          "XenDeviceBus", "xen");

  private DeviceMetadata() {}

  static Optional<Device> read(JsonField device) throws UnreadableObjectException {
    return switch (device.kind()) {
      case "NetworkInterfaceMetadata" -> Optional.of(nic(device.data()));
      case "DiskMetadata" -> Optional.of(disk(device.data()));
      case "ShareMetadata" -> Optional.of(share(device.data()));
      default -> Optional.empty();
    };
  }

  private static Nic nic(JsonField data) throws UnreadableObjectException {
    JsonField mac = data.get("mac");
    JsonField vlan = data.get("vlan");
    return new Nic(
        bus(data.get("bus")),
        tags(data.get("tags")),
        mac.isSet() ? Optional.of(normalized(mac.text())) : Optional.empty(),
        vlan.isSet() ? Optional.of(vlan.integer()) : Optional.empty(),
        data.get("vf_trusted").isTrue());
  }

  private static Disk disk(JsonField data) throws UnreadableObjectException {
    return new Disk(
        bus(data.get("bus")),
        tags(data.get("tags")),
        data.get("serial").setting(),
        data.get("path").setting());
  }

  private static Share share(JsonField data) throws UnreadableObjectException {
    return new Share(
        bus(data.get("bus")),
        tags(data.get("tags")),
        data.get("share_id").text(),
        data.get("tag").text());
  }

  private static Optional<Bus> bus(JsonField bus) throws UnreadableObjectException {
    if (!bus.isSet()) {
      return Optional.empty();
    }
    JsonField address = bus.data().get("address");
    return Optional.of(
        new Bus(
            Optional.ofNullable(BUSES.get(bus.kind())),
            address.isSet() ? Optional.of(address.text()) : Optional.empty()));
  }

  private static Optional<List<String>> tags(JsonField tags) throws UnreadableObjectException {
    if (!tags.isSet()) {
      return Optional.empty();
    }
    List<String> read = new ArrayList<>();
    for (JsonField tag : tags.elements()) {
      read.add(tag.text());
    }
    return Optional.of(List.copyOf(read));
  }

  /** As oslo.versionedobjects spells a MAC address on loading. */
  private static String normalized(String mac) {
    return mac.toLowerCase(Locale.ROOT).replace('-', ':');
  }
}
