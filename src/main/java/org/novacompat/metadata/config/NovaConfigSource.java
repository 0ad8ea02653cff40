// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * nova.conf as MicroProfile Config sees it: {@code nova.GROUP.OPTION}, for example {@code
 * nova.DEFAULT.metadata_listen_port} or {@code nova.api.dhcp_domain}. Secrets are not in it.
 *
 * <p>It stands above every other source, environment and system properties included, so that both
 * ways to ask for an option give the same answer.
 */
public final class NovaConfigSource implements ConfigSource {

  private static final String PREFIX = "nova.";
  private static final int ABOVE_SYSTEM_PROPERTIES = 500;

  private final Map<String, String> properties;

  /**
   * The configuration that the system properties name; the service loader needs this.
   *
   * @throws InvalidConfigurationException when it cannot be used
   */
  public NovaConfigSource() {
    this(NovaConf.fromSystemProperties());
  }

  /** A configuration that is already loaded. */
  public NovaConfigSource(NovaConf conf) {
    Map<String, String> prefixed = new LinkedHashMap<>();
    conf.properties().forEach((name, text) -> prefixed.put(PREFIX + name, text));
    this.properties = Map.copyOf(prefixed);
  }

  @Override
  public String getName() {
    return "nova.conf";
  }

  @Override
  public int getOrdinal() {
    return ABOVE_SYSTEM_PROPERTIES;
  }

  @Override
  public Map<String, String> getProperties() {
    return properties;
  }

  @Override
  public Set<String> getPropertyNames() {
    return properties.keySet();
  }

  /** The text of a property; {@code null} when there is none, as the interface demands. */
  @Override
  public String getValue(String propertyName) {
    return properties.get(propertyName);
  }
}
