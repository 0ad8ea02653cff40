// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.connector;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.HostAddress;
import org.mariadb.jdbc.export.ExceptionFactory;
import org.mariadb.jdbc.export.SslMode;
import org.mariadb.jdbc.plugin.TlsSocketPlugin;
import org.mariadb.jdbc.plugin.tls.main.DefaultTlsSocketPlugin;
import org.novacompat.metadata.config.DatabaseTls;
import org.novacompat.metadata.tls.PemFiles;

/**
 * Lets MariaDB Connector/J show a client certificate that lies in PEM files, as {@code ssl_cert}
 * and {@code ssl_key} name them, where the connector itself reads Java key stores only, and check
 * the server against the authorities of {@code ssl_ca} and {@code ssl_capath}, or else the
 * system's, where the connector knows Java's.
 *
 * <p>{@link DatabaseTls} asks for it, and the connector finds it through {@code META-INF/services}.
 * Names are checked as the connector always does.
 */
public final class PemTlsSocketPlugin implements TlsSocketPlugin {

  private final TlsSocketPlugin standard = new DefaultTlsSocketPlugin();

  @Override
  public String type() {
    return DatabaseTls.PLUGIN;
  }

  /**
   * The authorities that may vouch for the server; any where it is not to be checked.
   *
   * @throws SQLException when a file or folder cannot be read, or holds nothing of the kind
   */
  @Override
  public TrustManager[] getTrustManager(
      Configuration configuration, ExceptionFactory exceptions, HostAddress address)
      throws SQLException {
    if (configuration.sslMode() == SslMode.TRUST) {
      return standard.getTrustManager(configuration, exceptions, address);
    }
    List<Path> places =
        Stream.of(DatabaseTls.AUTHORITIES, DatabaseTls.AUTHORITIES_FOLDER)
            .flatMap(name -> path(configuration, name).stream())
            .toList();
    try {
      return places.isEmpty() ? Authorities.ofTheSystem() : Authorities.in(places);
    } catch (IOException | GeneralSecurityException e) {
      throw exceptions.create(
          "The authorities in "
              + (places.isEmpty() ? "the system's files" : places)
              + " are unusable: "
              + reason(e),
          "08000",
          e);
    }
  }

  /**
   * The client's certificate and key.
   *
   * @throws SQLException when a file cannot be read, or holds nothing of the kind
   */
  @Override
  public KeyManager[] getKeyManager(Configuration configuration, ExceptionFactory exceptions)
      throws SQLException {
    Optional<Path> named = path(configuration, DatabaseTls.CERTIFICATE);
    if (named.isEmpty()) {
      return standard.getKeyManager(configuration, exceptions);
    }
    Path certificate = named.get();
    Path key = path(configuration, DatabaseTls.KEY).orElse(certificate);
    try {
      return PemFiles.keyManagers(certificate, key);
    } catch (IOException | GeneralSecurityException e) {
      throw exceptions.create(
          "The client certificate "
              + certificate
              + " with the key "
              + key
              + " is unusable: "
              + reason(e),
          "08000",
          e);
    }
  }

  private static Optional<Path> path(Configuration configuration, String name) {
    return Optional.ofNullable(configuration.nonMappedOptions().getProperty(name)).map(Path::of);
  }

  private static String reason(Exception e) {
    if (e instanceof NoSuchFileException) {
      return "no such file: " + e.getMessage();
    }
    return e instanceof AccessDeniedException
        ? "permission denied: " + e.getMessage()
        : e.getMessage();
  }
}
