// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.client;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.novacompat.metadata.config.Anyone;
import org.novacompat.metadata.config.PemFiles;

/** Which servers a client believes. */
final class Tls {
  private Tls() {}

  /**
   * Makes a context.
   *
   * @param authorities the certificates to believe, as PEM; those of Java when empty
   * @param insecure whether any server is believed
   * @throws ClientException when the file cannot be used
   */
  static SSLContext context(Optional<Path> authorities, boolean insecure) throws ClientException {
    TrustManager[] trusted =
        insecure ? new TrustManager[] {new Anyone()} : trustManagers(authorities);
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trusted, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("TLS is not to be had", e);
    }
  }

  private static TrustManager[] trustManagers(Optional<Path> authorities) throws ClientException {
    try {
      return authorities.isEmpty() ? null : PemFiles.trustManagers(authorities.get());
    } catch (IOException | GeneralSecurityException e) {
      throw new ClientException(authorities.get() + " cannot be used: " + e);
    }
  }
}
