// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config.oslo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The assignments of one file in its order ({@code oslo_config/cfg.py: ConfigParser}); or one
 * option of the command line, which counts like a file in its place.
 *
 * @param settings the assignments by name
 * @param problems what in it is no assignment, a line for each
 */
record ConfigFile(Map<OptionName, List<Setting>> settings, List<String> problems) {

  static ConfigFile of(List<Setting> inOrder, List<String> problems) {
    Map<OptionName, List<Setting>> byName = new LinkedHashMap<>();
    inOrder.forEach(
        setting -> byName.computeIfAbsent(setting.name(), name -> new ArrayList<>()).add(setting));
    return new ConfigFile(byName, problems);
  }

  /** The file that could not be read. */
  static ConfigFile unreadable(Path path, String reason) {
    return new ConfigFile(Map.of(), List.of(path + ": " + reason));
  }

  List<Setting> get(OptionName name) {
    return settings.getOrDefault(name, List.of());
  }
}
