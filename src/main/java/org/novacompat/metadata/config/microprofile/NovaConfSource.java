// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config.microprofile;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.novacompat.metadata.config.NovaConf;
import org.novacompat.metadata.config.NovaConfFiles;
import org.novacompat.metadata.config.oslo.InvalidConfigurationException;

/**
 * nova.conf as a source of MicroProfile Config: {@code nova.GROUP.OPTION}, for example {@code
 * nova.DEFAULT.metadata_listen_port} or {@code nova.api.dhcp_domain}, with the defaults. Secrets
 * are not in it; {@link ServerConfiguration} reads them from the files.
 *
 * <p>It counts less than the environment (300) and more than microprofile-config.properties (100).
 */
public final class NovaConfSource implements ConfigSource {
  static final String NAME = "nova.conf";

  private static final int ORDINAL = 200;
  private static final String PREFIX = "nova.";

  private Map<String, String> properties;

  /** Creates the source of the nova.conf that the system properties name; reads nothing yet. */
  public NovaConfSource() {}

  @Override
  public String getName() {
    return NAME;
  }

  @Override
  public int getOrdinal() {
    return ORDINAL;
  }

  /**
   * The properties; none where nova.conf cannot be used, which {@link ServerConfiguration} reports.
   */
  @Override
  public synchronized Map<String, String> getProperties() {
    if (properties == null) {
      try {
        NovaConfFiles files = NovaConfFiles.fromSystemProperties();
        properties = NovaConf.of(files, List.of(files.source())).properties();
      } catch (InvalidConfigurationException e) {
        properties = Map.of();
      }
    }
    return properties;
  }

  @Override
  public Set<String> getPropertyNames() {
    return getProperties().keySet();
  }

  /** The text of a property; {@code null} when there is none, as the interface demands. */
  @Override
  public String getValue(String propertyName) {
    return propertyName.startsWith(PREFIX) ? getProperties().get(propertyName) : null;
  }
}
