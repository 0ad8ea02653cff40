// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config.microprofile;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.novacompat.metadata.config.NovaConf;
import org.novacompat.metadata.config.NovaConfFiles;
import org.novacompat.metadata.config.oslo.OptionSource;
import org.novacompat.metadata.config.oslo.PropertySource;

/**
 * nova's configuration as the application server gives it: from every source of MicroProfile
 * Config, of which nova.conf is one, in the order of their ordinals. A value is written as in
 * nova.conf, references to other options included, so the sources are read without MicroProfile's
 * own expressions.
 */
public final class ServerConfiguration {
  private ServerConfiguration() {}

  /**
   * Reads all sources.
   *
   * @throws org.novacompat.metadata.config.oslo.InvalidConfigurationException when a file cannot be
   *     read or a value is wrong
   */
  public static NovaConf read() {
    NovaConfFiles files = NovaConfFiles.fromSystemProperties();
    List<OptionSource> sources = new ArrayList<>();
    for (ConfigSource source : ConfigProvider.getConfig().getConfigSources()) {
      // Liberty may wrap a source, so its class does not tell what it is
      sources.add(source.getName().equals(NovaConfSource.NAME) ? files.source() : options(source));
    }
    return NovaConf.of(files, sources);
  }

  private static OptionSource options(ConfigSource source) {
    return switch (source.getName()) {
      case "EnvConfigSource" -> PropertySource.environment(source.getProperties());
      case "SysPropConfigSource" -> properties(source, "system property ");
      default -> properties(source, kind(source.getName()));
    };
  }

  /**
   * Liberty's names are keys of texts that it does not have: server.xml.variables.config.source.
   */
  private static String kind(String name) {
    return name.startsWith("server.xml.") ? "server.xml " : name + ": ";
  }

  private static OptionSource properties(ConfigSource source, String kind) {
    return PropertySource.properties(kind, source::getValue, source.getPropertyNames());
  }
}
