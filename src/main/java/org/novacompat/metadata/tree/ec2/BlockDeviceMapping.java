// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree.ec2;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.novacompat.metadata.instance.BlockDevices;
import org.novacompat.metadata.instance.BlockDevices.Mapping;

/** EC2's block device mapping ({@code nova/block_device.py: instance_block_mapping}). */
final class BlockDeviceMapping {
  private static final String DEVICES = "/dev/";
  private static final Map<String, String> DEFAULT =
      Map.of("ami", "sda1", "ephemeral0", "sda2", "root", "/dev/sda1", "swap", "sda3");

  private static final Comparator<Optional<String>> NULL_FIRST =
      Comparator.<Optional<String>, Boolean>comparing(Optional::isPresent)
          .thenComparing(name -> name.orElse(""));

  private BlockDeviceMapping() {}

  /** Maps EC2's names to device names, as text; a device without a name is {@code None}. */
  static SortedMap<String, String> of(BlockDevices devices) {
    if (devices.rootDeviceName().isEmpty()) {
      return new TreeMap<>(DEFAULT);
    }
    String root = devices.rootDeviceName().get();
    SortedMap<String, String> names = new TreeMap<>();
    names.put("ami", root.startsWith(DEVICES) ? root.substring(DEVICES.length()) : root);
    names.put("root", root);
    addLegacy("ephemeral0", devices.defaultEphemeralDevice(), names);
    addLegacy("swap", devices.defaultSwapDevice(), names);
    number("ebs", volumes(devices), names);
    List<Mapping> blanks =
        devices.mappings().stream()
            .filter(mapping -> !isVolume(mapping))
            .filter(mapping -> mapping.sourceType().filter("blank"::equals).isPresent())
            .toList();
    blanks.stream()
        .filter(BlockDeviceMapping::isSwap)
        .reduce((first, last) -> last)
        .ifPresent(swap -> names.put("swap", text(swap.deviceName())));
    number(
        "ephemeral",
        blanks.stream().filter(blank -> !isSwap(blank)).map(Mapping::deviceName).toList(),
        names);
    return names;
  }

  private static void addLegacy(
      String name, Optional<String> device, SortedMap<String, String> names) {
    device.filter(text -> !text.isEmpty()).ifPresent(text -> names.put(name, text));
  }

  private static void number(
      String name, List<Optional<String>> devices, SortedMap<String, String> names) {
    for (int i = 0; i < devices.size(); i++) {
      names.put(name + i, text(devices.get(i)));
    }
  }

  private static List<Optional<String>> volumes(BlockDevices devices) {
    return devices.mappings().stream()
        .filter(BlockDeviceMapping::isVolume)
        .map(Mapping::deviceName)
        .sorted(NULL_FIRST)
        .toList();
  }

  private static boolean isVolume(Mapping mapping) {
    return mapping.destinationType().filter("volume"::equals).isPresent();
  }

  private static boolean isSwap(Mapping mapping) {
    return mapping.guestFormat().filter("swap"::equals).isPresent();
  }

  private static String text(Optional<String> device) {
    return device.orElse("None");
  }
}
