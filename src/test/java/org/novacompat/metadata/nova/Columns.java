// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

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

  /** Reads the instance as from its rows. */
  Instance instance() {
    InstanceRow row =
        new InstanceRow(
            "6f70656e-7374-4163-8000-00000000c01d",
            "project-1",
            "user-1",
            "vm-1",
            "vm-1",
            0,
            "nova",
            "r-00000001",
            "00000000-0000-0000-0000-000000000001",
            null,
            null,
            "mykey",
            "ssh-ed25519 AAAA user@host",
            "/dev/vda",
            null,
            null,
            null,
            1,
            texts.get("flavor"),
            texts.get("keypairs"),
            texts.get("device_metadata"),
            texts.get("numa_topology"),
            texts.get("network_info"),
            1);
    Ec2IdTables.Numbers numbers = new Ec2IdTables.Numbers(1, Map.of(row.imageRef(), 1));
    return new InstanceReader(row, List.of()).instance(Optional.of(numbers));
  }
}
