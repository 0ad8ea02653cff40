// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.connector;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.novacompat.metadata.tls.PemFiles;

/**
 * The authorities that vouch for a server: those in PEM files and in folders of them, or the
 * system's. What was read is kept until a file has changed, or one in a folder, or the folder.
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

  private record Known(Map<Path, Long> changed, TrustManager[] trusted) {}

  private Authorities() {}

  /**
   * Those in files and folders.
   *
   * @throws IOException when one cannot be read
   * @throws GeneralSecurityException when there is no certificate in a file, or in any folder
   */
  static TrustManager[] in(List<Path> places) throws IOException, GeneralSecurityException {
    Map<Path, Long> changed = changed(places);
    Known known = KNOWN.get(places);
    if (known == null || !known.changed.equals(changed)) {
      known = new Known(changed, read(places));
      KNOWN.put(places, known);
    }
    return known.trusted.clone();
  }

  /** When each file and folder was last changed; a folder's own time is not that of its files. */
  private static Map<Path, Long> changed(List<Path> places) throws IOException {
    Map<Path, Long> changed = new HashMap<>();
    for (Path place : places) {
      changed.put(place, Files.getLastModifiedTime(place).toMillis());
      if (Files.isDirectory(place)) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(place)) {
          files.forEach(file -> changed.put(file, file.toFile().lastModified()));
        }
      }
    }
    return changed;
  }

  /**
   * The system's, as OpenSSL finds them, and with it Python: those of the environment's {@code
   * SSL_CERT_FILE} and {@code SSL_CERT_DIR}, folders with a {@code :} between them, else the
   * distribution's; Java's own where there are none, or where the JVM was told of a trust store.
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
        Stream.concat(
                Stream.of(environment.getOrDefault("SSL_CERT_FILE", "")),
                Stream.of(environment.getOrDefault("SSL_CERT_DIR", "").split(":")))
            .filter(name -> !name.isEmpty())
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
    Optional<GeneralSecurityException> empty = Optional.empty();
    for (Path place : places) {
      if (!Files.isDirectory(place)) {
        found.addAll(List.of(PemFiles.certificates(place)));
        continue;
      }
      try {
        found.addAll(PemFiles.certificatesIn(place));
      } catch (GeneralSecurityException e) {
        empty = Optional.of(e);
      }
    }
    if (found.isEmpty() && empty.isPresent()) {
      throw empty.get();
    }
    return PemFiles.trustManagers(found);
  }
}
