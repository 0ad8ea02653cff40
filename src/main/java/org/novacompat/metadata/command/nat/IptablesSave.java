// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.nat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What iptables-save tells of our chains, for one IP version.
 *
 * @param tables what is there, by table; a table without our chain is absent
 */
record IptablesSave(Map<IptablesTable, Ours> tables) {
  private static final String APPEND = "-A ";

  /**
   * What is ours in one table; the rules are without their verb, {@code -A}.
   *
   * @param jumps the rules that lead to our chain
   * @param rules the rules of our chain
   */
  record Ours(List<String> jumps, List<String> rules) {}

  /** Reads the output of iptables-save, of all tables. */
  static IptablesSave parse(String output) {
    Map<IptablesTable, Ours> tables = new EnumMap<>(IptablesTable.class);
    Optional<IptablesTable> table = Optional.empty();
    for (String line : output.lines().toList()) {
      if (line.startsWith("*")) {
        table = IptablesTable.of(line.substring(1));
      } else if (table.isPresent()) {
        read(line.replace("\"", ""), table.get(), tables);
      }
    }
    return new IptablesSave(tables);
  }

  boolean isEmpty() {
    return tables.isEmpty();
  }

  /** Whether the rules are there, each once, and nothing besides. */
  boolean holds(Mapping mapping, List<GuestInterface> interfaces) {
    Map<IptablesTable, Ours> wanted = new EnumMap<>(IptablesTable.class);
    for (IptablesTable table : IptablesTable.values()) {
      wanted.put(table, new Ours(table.jumps(), table.rules(mapping, interfaces)));
    }
    return tables.equals(wanted);
  }

  private static void read(String line, IptablesTable table, Map<IptablesTable, Ours> tables) {
    if (line.startsWith(":" + table.chain() + " ")) {
      tables.put(table, new Ours(new ArrayList<>(), new ArrayList<>()));
    } else if (line.startsWith(APPEND + table.chain() + " ")) {
      tables.get(table).rules().add(line.substring(APPEND.length()));
    } else if (line.startsWith(APPEND) && line.endsWith(" -j " + table.chain())) {
      tables.get(table).jumps().add(line.substring(APPEND.length()));
    }
  }
}
