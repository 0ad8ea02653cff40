// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova.objects;

import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The pinned CPUs of one serialized NUMA cell ({@code nova/objects/instance_numa.py:
 * InstanceNUMACell, _migrate_legacy_dedicated_instance_cpuset}). Until version 1.4 a cell kept them
 * in {@code cpuset}; since 1.5 they are in {@code pcpuset}. Nova until 2025 moved them and left the
 * old version in the row, so that a cell of an old version may have them in either.
 */
final class NumaCell {
  private static final Pattern VERSION = Pattern.compile("1\\.(\\d{1,6})");

  /** The first minor version that nova itself still migrates. */
  private static final int MIN_MIGRATED = 4;

  /** The first minor version with {@code pcpuset}. */
  private static final int MIN_WITH_PCPUSET = 5;

  /** The first minor version whose rows nova takes as they are. */
  private static final int MIN_UNMIGRATED = 6;

  private enum Policy {
    SHARED,
    DEDICATED,
    MIXED
  }

  private NumaCell() {}

  static SortedSet<Integer> pinned(JsonField cell) throws UnreadableObjectException {
    int version = minorVersion(cell.get("nova_object.version"));
    JsonField data = cell.data();
    SortedSet<Integer> pcpuset = integers(data.get("pcpuset"));
    Policy policy = policy(data.get("cpu_policy"));
    if (version < MIN_WITH_PCPUSET && policy == Policy.DEDICATED && pcpuset.isEmpty()) {
      return integers(data.get("cpuset"));
    }
    boolean isMigrated = version >= MIN_MIGRATED && version < MIN_UNMIGRATED;
    return isMigrated && policy == Policy.SHARED ? new TreeSet<>() : pcpuset;
  }

  /** A version that nova would refuse to read is taken for the newest. */
  private static int minorVersion(JsonField version) {
    Matcher minor = VERSION.matcher(version.node().asText());
    return minor.matches() ? Integer.parseInt(minor.group(1)) : MIN_UNMIGRATED;
  }

  /** None is shared. */
  private static Policy policy(JsonField policy) throws UnreadableObjectException {
    Optional<String> name = policy.onlyText();
    return switch (name.orElse("shared")) {
      case "shared" -> Policy.SHARED;
      case "dedicated" -> Policy.DEDICATED;
      case "mixed" -> Policy.MIXED;
      default -> throw policy.unlike("a CPU policy");
    };
  }

  private static SortedSet<Integer> integers(JsonField set) throws UnreadableObjectException {
    SortedSet<Integer> integers = new TreeSet<>();
    if (set.isSet()) {
      for (JsonField element : set.elements()) {
        integers.add(element.integer());
      }
    }
    return integers;
  }
}
