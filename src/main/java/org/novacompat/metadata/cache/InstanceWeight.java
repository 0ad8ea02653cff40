// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.cache;

import java.util.Map;
import java.util.Optional;
import org.novacompat.metadata.instance.Instance;
import org.novacompat.metadata.instance.UserData;
import org.novacompat.metadata.instance.Vif;

/**
 * What an instance is taken for in memory, in bytes. What its documents take is bounded by the same
 * number, so that together they never take more than about twice as much.
 */
final class InstanceWeight {
  /**
   * What an instance takes with its documents when it has few and short texts. Measured are 3.7 to
   * 4.2 KiB in a cloud of like instances and 4.7 KiB for the recorded shapes, which share little.
   */
  private static final int INSTANCE_BYTES = 4096;

  /** As much text is within {@link #INSTANCE_BYTES}: a key and a few items of metadata. */
  private static final int COVERED_TEXT_BYTES = 1024;

  /** A text is in the instance, and in documents of several forms and versions. */
  private static final int COPIES = 4;

  /** As many parts are within {@link #INSTANCE_BYTES}: those of an interface or two. */
  private static final int COVERED_PARTS = 16;

  /** An item of metadata, an interface, an address: its objects, and what is short in it. */
  private static final int PART_BYTES = 128;

  private static final int BYTES_PER_CHARACTER = 2;

  private InstanceWeight() {}

  static int of(Instance instance) {
    long text = BYTES_PER_CHARACTER * characters(instance);
    long bytes =
        INSTANCE_BYTES
            + instance.userData().map(UserData::length).orElse(0)
            + COPIES * Math.max(0, text - COVERED_TEXT_BYTES)
            + PART_BYTES * Math.max(0, parts(instance) - COVERED_PARTS);
    return (int) Math.min(Integer.MAX_VALUE, bytes);
  }

  private static long characters(Instance instance) {
    long characters = instance.keyData().map(String::length).orElse(0);
    for (Map.Entry<String, Optional<String>> item : instance.metadata().entrySet()) {
      characters += item.getKey().length() + item.getValue().map(String::length).orElse(0);
    }
    for (Map.Entry<String, String> item : instance.customMetadata().entrySet()) {
      characters += item.getKey().length() + item.getValue().length();
    }
    return characters;
  }

  private static long parts(Instance instance) {
    long parts =
        instance.metadata().size()
            + instance.customMetadata().size()
            + instance.devices().size()
            + instance.blockDevices().mappings().size();
    for (Vif vif : instance.vifs()) {
      parts += 2 + vif.network().map(InstanceWeight::parts).orElse(0L);
    }
    return parts;
  }

  private static long parts(Vif.Network network) {
    long parts = 1;
    for (Vif.Subnet subnet : network.subnets()) {
      parts += 2 + subnet.dns().size() + subnet.ips().size() + subnet.routes().size();
      for (Vif.FixedIp ip : subnet.ips()) {
        parts += ip.floatingIps().size();
      }
    }
    return parts;
  }
}
