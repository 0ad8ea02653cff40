// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.nat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Files for {@code iptables-restore --noflush} and {@code ip6tables-restore --noflush}: one file is
 * for both, since either passes over the rules that are marked {@code -4} or {@code -6} for the
 * other.
 */
final class IptablesFile {
  private static final String COMMIT = "COMMIT";

  private IptablesFile() {}

  /** Makes our chains, or makes them anew where they are; the host's own rules stay. */
  static String apply(Rules rules, IptablesSave present) {
    List<String> lines = new ArrayList<>();
    for (IptablesTable table : IptablesTable.values()) {
      lines.add(table.begin());
      lines.add(":" + table.chain() + " - [0:0]");
      lines.addAll(deletions(table, present));
      for (Mapping mapping : rules.mappings()) {
        String version = mapping.address().option();
        table
            .rules(mapping, rules.interfaces())
            .forEach(rule -> lines.add(version + " -A " + rule));
      }
      table.jumps().forEach(jump -> lines.add(IptablesTable.inserted(jump)));
      lines.add(COMMIT);
    }
    return text(lines);
  }

  /** Removes our chains and the jumps to them. */
  static String remove(IptablesSave present) {
    List<String> lines = new ArrayList<>();
    for (IptablesTable table : present.tables().keySet()) {
      lines.add(table.begin());
      lines.addAll(deletions(table, present));
      lines.add("-F " + table.chain());
      lines.add("-X " + table.chain());
      lines.add(COMMIT);
    }
    return text(lines);
  }

  private static List<String> deletions(IptablesTable table, IptablesSave present) {
    return present.tables().containsKey(table)
        ? present.tables().get(table).jumps().stream().map(jump -> "-D " + jump).toList()
        : List.of();
  }

  private static String text(List<String> lines) {
    return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
  }
}
