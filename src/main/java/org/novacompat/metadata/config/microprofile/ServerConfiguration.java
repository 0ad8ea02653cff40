// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config.microprofile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.novacompat.metadata.config.NovaConf;
import org.novacompat.metadata.config.NovaConfFiles;
import org.novacompat.metadata.config.oslo.OptionSource;
import org.novacompat.metadata.config.oslo.PropertySource;

/**
 * nova's configuration as the application server gives it: from every source of MicroProfile
 * Config, of which nova.conf is one, in the order of their ordinals, after the launcher's command
 * line. A value is written as in nova.conf, references to other options included, so the sources
 * are read without MicroProfile's own expressions.
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
      default ->
          source.getName().startsWith("server.xml.")
              ? serverXml(source)
              : properties(source, source.getName() + ": ");
    };
  }

  /**
   * Liberty's names are keys of texts that it does not have: server.xml.variables.config.source.
   * Such a source collects all its properties for each value that it is asked for.
   */
  private static OptionSource serverXml(ConfigSource source) {
    Map<String, String> properties = source.getProperties();
    return PropertySource.properties("server.xml ", properties::get, properties.keySet());
  }

  private static OptionSource properties(ConfigSource source, String kind) {
    return PropertySource.properties(kind, source::getValue, source.getPropertyNames());
  }
}
