// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.instance;

import java.util.List;
import java.util.Optional;

/**
 * What the EC2 block device mapping is made of ({@code nova/block_device.py:
 * instance_block_mapping}).
 *
 * @param rootDeviceName such as {@code /dev/vda}
 * @param defaultEphemeralDevice a legacy column of {@code instances}
 * @param defaultSwapDevice a legacy column of {@code instances}
 * @param mappings the live rows of {@code block_device_mapping}, in the database's order
 */
public record BlockDevices(
    Optional<String> rootDeviceName,
    Optional<String> defaultEphemeralDevice,
    Optional<String> defaultSwapDevice,
    List<Mapping> mappings) {

  /**
   * One row of {@code block_device_mapping}.
   *
   * @param sourceType {@code image}, {@code volume}, {@code snapshot} or {@code blank}
   * @param destinationType {@code local} or {@code volume}
   * @param guestFormat {@code swap}, a file system, or empty
   * @param deviceName such as {@code /dev/vdb}
   */
  public record Mapping(
      Optional<String> sourceType,
      Optional<String> destinationType,
      Optional<String> guestFormat,
      Optional<String> deviceName) {}
}
