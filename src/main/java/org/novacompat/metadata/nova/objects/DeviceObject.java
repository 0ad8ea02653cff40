// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova.objects;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.novacompat.metadata.instance.Device;
import org.novacompat.metadata.instance.Device.Bus;
import org.novacompat.metadata.instance.Device.Disk;
import org.novacompat.metadata.instance.Device.Nic;
import org.novacompat.metadata.instance.Device.Share;

/**
 * Reads one serialized device ({@code nova/objects/virt_device_metadata.py: DeviceMetadata} and its
 * kinds). A value that nova's field would refuse makes the device unreadable.
 */
final class DeviceObject {
  /**
   * A kind of bus.
   *
   * @param type what guests are told
   * @param address how nova wants an address on it to begin
   */
  private record BusKind(String type, Pattern address) {
    static BusKind of(String type, String address) {
      return new BusKind(type, Pattern.compile(address));
    }
  }

  private static final Map<String, BusKind> BUSES =
      Map.of(
          "PCIDeviceBus",
          BusKind.of("pci", "[0-9a-fA-F]{4}:[0-9a-fA-F]{2}:[01][0-9a-fA-F].[0-7]$"),
          "USBDeviceBus",
          BusKind.of("usb", "[a-f0-9]+:[a-f0-9]+"),
          "SCSIDeviceBus",
          BusKind.of("scsi", "[a-f0-9]+:[a-f0-9]+:[a-f0-9]+:[a-f0-9]+"),
          "IDEDeviceBus",
          BusKind.of("ide", "[01]:[01]"),
          "XenDeviceBus",
          BusKind.of("xen", "00[0-9]{2}00|[1-9][0-9]+"));

  private static final Pattern MAC = Pattern.compile("[0-9a-f]{2}(:[0-9a-f]{2}){5}");

  private DeviceObject() {}

  /** Reads a device; empty for a kind that nova does not know. */
  static Optional<Device> read(JsonField device) throws UnreadableObjectException {
    return switch (device.kind()) {
      case "NetworkInterfaceMetadata" -> Optional.of(nic(device.data()));
      case "DiskMetadata" -> Optional.of(disk(device.data()));
      case "ShareMetadata" -> Optional.of(share(device.data()));
      default -> Optional.empty();
    };
  }

  private static Nic nic(JsonField data) throws UnreadableObjectException {
    JsonField vlan = data.get("vlan");
    return new Nic(
        bus(data.get("bus")),
        tags(data.get("tags")),
        mac(data.get("mac")),
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
        data.get("share_id").required().textIfAny(),
        data.get("tag").required().textIfAny());
  }

  private static Optional<Bus> bus(JsonField bus) throws UnreadableObjectException {
    if (!bus.isSet()) {
      return Optional.empty();
    }
    JsonField address = bus.data().get("address");
    Optional<BusKind> kind = Optional.ofNullable(BUSES.get(bus.kind()));
    return Optional.of(
        new Bus(
            kind.map(BusKind::type),
            address.isSet() ? Optional.of(address(address, kind)) : Optional.empty()));
  }

  /** A PCI address is spelled in small letters, any other as it is. */
  private static String address(JsonField address, Optional<BusKind> kind)
      throws UnreadableObjectException {
    String text = address.text();
    if (kind.isPresent() && !kind.get().address().matcher(text).lookingAt()) {
      throw address.unlike("an address on this bus");
    }
    boolean isPci = kind.map(BusKind::type).filter("pci"::equals).isPresent();
    return isPci ? text.toLowerCase(Locale.ROOT) : text;
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
  private static String mac(JsonField mac) throws UnreadableObjectException {
    String spelled = mac.text().toLowerCase(Locale.ROOT).replace('-', ':');
    if (!MAC.matcher(spelled).matches()) {
      throw mac.unlike("a MAC address");
    }
    return spelled;
  }
}
