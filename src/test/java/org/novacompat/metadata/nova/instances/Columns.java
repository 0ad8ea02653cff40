// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova.instances;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.novacompat.metadata.instance.Instance;

/**
 * The columns of an instance that hold serialized objects, by name; the others are those of a plain
 * instance with a key.
 *
 * @param texts the columns that are not NULL
 */
record Columns(Map<String, String> texts) {
  static final Columns NONE = new Columns(Map.of());

  /** The same columns with another value of one; a missing node is NULL. */
  Columns with(String column, JsonNode value) {
    Map<String, String> changed = new HashMap<>(texts);
    changed.remove(column);
    if (!value.isMissingNode()) {
      changed.put(column, value.toString());
    }
    return new Columns(Map.copyOf(changed));
  }

  private static final String IMAGE = "00000000-0000-0000-0000-000000000001";

  /** Reads the instance as from its rows. */
  Instance instance() {
    InstanceRow row =
        new InstanceRow(
            "6f70656e-7374-4163-8000-00000000c01d",
            Optional.of("project-1"),
            Optional.of("user-1"),
            Optional.of("vm-1"),
            Optional.of("vm-1"),
            Optional.of(0),
            Optional.of("nova"),
            Optional.of("r-00000001"),
            Optional.of(IMAGE),
            Optional.empty(),
            Optional.empty(),
            Optional.of("mykey"),
            Optional.of("ssh-ed25519 AAAA user@host"),
            Optional.of("/dev/vda"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(1),
            column("flavor"),
            column("keypairs"),
            column("device_metadata"),
            column("numa_topology"),
            column("network_info"),
            Optional.of(1));
    Ec2IdTables.Numbers numbers = new Ec2IdTables.Numbers(1, Map.of(IMAGE, 1));
    return new InstanceReader(row, List.of()).instance(Optional.of(numbers));
  }

  private Optional<String> column(String name) {
    return Optional.ofNullable(texts.get(name));
  }
}
