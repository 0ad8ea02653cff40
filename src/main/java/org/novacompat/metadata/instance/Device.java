// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.instance;

import java.util.List;
import java.util.Optional;

/**
 * A tagged device ({@code nova/objects/virt_device_metadata.py}). Devices of a kind that nova does
 * not know are not kept.
 */
public sealed interface Device {
  /** Where the device is plugged in. */
  Optional<Bus> bus();

  /** The user's tags. */
  Optional<List<String>> tags();

  /**
   * The bus of a device.
   *
   * @param type {@code pci}, {@code usb}, {@code scsi}, {@code ide} or {@code xen}; empty for a
   *     kind that nova does not know
   * @param address the address on that bus; empty when it was never set
   */
  record Bus(Optional<String> type, Optional<String> address) {}

  /**
   * A network interface ({@code NetworkInterfaceMetadata}).
   *
   * @param mac its MAC address
   * @param vlan the VLAN it is tagged with; empty when it was never set
   * @param vfTrusted whether its virtual function is trusted; false when it was never set
   */
  record Nic(
      Optional<Bus> bus,
      Optional<List<String>> tags,
      String mac,
      Optional<Integer> vlan,
      boolean vfTrusted)
      implements Device {}

  /**
   * A disk ({@code DiskMetadata}). Serial and path may be unset (not shown), or set to nothing
   * (shown as null).
   *
   * @param serial the serial number
   * @param path the path in the guest
   */
  record Disk(Optional<Bus> bus, Optional<List<String>> tags, Setting serial, Setting path)
      implements Device {}

  /**
   * A shared file system ({@code ShareMetadata}, since 2025.1 Epoxy).
   *
   * @param shareId Manila's UUID of the share; empty for null
   * @param tag the mount tag; empty for null
   */
  record Share(
      Optional<Bus> bus,
      Optional<List<String>> tags,
      Optional<String> shareId,
      Optional<String> tag)
      implements Device {}

  /**
   * A nullable field of a versioned object: never set, or set, perhaps to nothing.
   *
   * @param present whether it was set at all
   * @param value what it was set to; empty for null
   */
  record Setting(boolean present, Optional<String> value) {
    /** A field that was never set. */
    public static final Setting UNSET = new Setting(false, Optional.empty());
  }
}
