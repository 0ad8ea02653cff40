// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one file sets, in the file's order ({@code oslo_config/cfg.py: ConfigParser}).
 *
 * @param path the file
 * @param settings the assignments by name
 * @param problems what in it is no assignment, a line for each
 */
record ConfigFile(Path path, Map<OptionName, List<Setting>> settings, List<String> problems) {

  static ConfigFile of(Path path, List<Setting> inOrder, List<String> problems) {
    Map<OptionName, List<Setting>> byName = new LinkedHashMap<>();
    inOrder.forEach(
        setting -> byName.computeIfAbsent(setting.name(), name -> new ArrayList<>()).add(setting));
    return new ConfigFile(path, byName, problems);
  }

  /** The file that could not be read. */
  static ConfigFile unreadable(Path path, String reason) {
    return new ConfigFile(path, Map.of(), List.of(path + ": " + reason));
  }

  List<Setting> get(OptionName name) {
    return settings.getOrDefault(name, List.of());
  }
}
