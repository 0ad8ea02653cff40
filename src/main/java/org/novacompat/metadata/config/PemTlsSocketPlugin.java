// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.Properties;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.HostAddress;
import org.mariadb.jdbc.export.ExceptionFactory;
import org.mariadb.jdbc.plugin.TlsSocketPlugin;
import org.mariadb.jdbc.plugin.tls.main.DefaultTlsSocketPlugin;

/**
 * Lets MariaDB Connector/J show a client certificate that lies in PEM files, as {@code ssl_cert}
 * and {@code ssl_key} name them; the connector itself reads Java key stores only.
 *
 * <p>{@link DatabaseUrl#jdbcUrl()} asks for it, and the connector finds it through {@code
 * META-INF/services}. The server is checked as the connector always does.
 */
public final class PemTlsSocketPlugin implements TlsSocketPlugin {

  static final String TYPE = "nova-compat-pem";
  static final String CERTIFICATE = "pemCertificate";
  static final String KEY = "pemKey";

  private final TlsSocketPlugin standard = new DefaultTlsSocketPlugin();

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public TrustManager[] getTrustManager(
      Configuration configuration, ExceptionFactory exceptions, HostAddress address)
      throws SQLException {
    return standard.getTrustManager(configuration, exceptions, address);
  }

  /**
   * The client's certificate and key.
   *
   * @throws SQLException when a file cannot be read, or holds nothing of the kind
   */
  @Override
  public KeyManager[] getKeyManager(Configuration configuration, ExceptionFactory exceptions)
      throws SQLException {
    Properties options = configuration.nonMappedOptions();
    Path certificate = Path.of(options.getProperty(CERTIFICATE));
    Path key = Path.of(options.getProperty(KEY));
    try {
      return PemFiles.keyManagers(certificate, key);
    } catch (IOException | GeneralSecurityException e) {
      throw exceptions.create(
          "The client certificate "
              + certificate
              + " with the key "
              + key
              + " is unusable: "
              + e.getMessage(),
          "08000",
          e);
    }
  }
}
