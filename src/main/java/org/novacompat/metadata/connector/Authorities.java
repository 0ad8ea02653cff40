// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.connector;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.novacompat.metadata.config.PemFiles;

/**
 * The authorities that vouch for a server: those in PEM files and in folders of them, or the
 * system's. What was read is kept until a file or folder has changed.
 */
final class Authorities {
  /** Where distributions have all authorities in one file: Debian, Red Hat, SUSE, Alpine. */
  private static final List<Path> BUNDLES =
      List.of(
          Path.of("/etc/ssl/certs/ca-certificates.crt"),
          Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
          Path.of("/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem"),
          Path.of("/etc/ssl/ca-bundle.pem"),
          Path.of("/etc/ssl/cert.pem"));

  private static final Map<List<Path>, Known> KNOWN = new ConcurrentHashMap<>();

  private record Known(List<FileTime> changed, TrustManager[] trusted) {}

  private Authorities() {}

  /**
   * Those in files and folders.
   *
   * @throws IOException when one cannot be read
   * @throws GeneralSecurityException when there is no certificate in one
   */
  static TrustManager[] in(List<Path> places) throws IOException, GeneralSecurityException {
    List<FileTime> changed = new ArrayList<>();
    for (Path place : places) {
      changed.add(Files.getLastModifiedTime(place));
    }
    Known known = KNOWN.get(places);
    if (known == null || !known.changed.equals(changed)) {
      known = new Known(changed, read(places));
      KNOWN.put(places, known);
    }
    return known.trusted.clone();
  }

  /**
   * The system's, as OpenSSL finds them, and with it Python: those of the environment's {@code
   * SSL_CERT_FILE} and {@code SSL_CERT_DIR}, else the distribution's; Java's own where there are
   * none, or where the JVM was told of a trust store.
   *
   * @throws IOException when one cannot be read
   * @throws GeneralSecurityException when there is no certificate in one
   */
  static TrustManager[] ofTheSystem() throws IOException, GeneralSecurityException {
    List<Path> places = places(System.getenv(), BUNDLES);
    boolean isJavaTold = System.getProperty("javax.net.ssl.trustStore") != null;
    return isJavaTold || places.isEmpty() ? javas() : in(places);
  }

  static List<Path> places(Map<String, String> environment, List<Path> bundles) {
    List<Path> named =
        Stream.of("SSL_CERT_FILE", "SSL_CERT_DIR")
            .flatMap(name -> Optional.ofNullable(environment.get(name)).stream())
            .map(Path::of)
            .filter(Files::exists)
            .toList();
    return named.isEmpty() ? bundles.stream().filter(Files::isReadable).limit(1).toList() : named;
  }

  private static TrustManager[] javas() throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init((KeyStore) null);
    return factory.getTrustManagers();
  }

  private static TrustManager[] read(List<Path> places)
      throws IOException, GeneralSecurityException {
    Set<Certificate> found = new LinkedHashSet<>();
    for (Path place : places) {
      found.addAll(
          Files.isDirectory(place)
              ? PemFiles.certificatesIn(place)
              : List.of(PemFiles.certificates(place)));
    }
    return PemFiles.trustManagers(found);
  }
}
