// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.novacompat.metadata.fixture.SelfSigned;

class AuthoritiesTest {

  @TempDir private Path folder;

  @Test
  void everyCertificateOfAFolderCountsOnceAndOtherFilesDoNot() throws Exception {
    Path certificate = SelfSigned.make(folder).certificate();
    Path other = SelfSigned.make(Files.createDirectory(folder.resolve("other"))).certificate();
    Files.copy(other, folder.resolve("other.crt"));
    Files.createSymbolicLink(folder.resolve("5ed36f99.0"), certificate);
    assertEquals(2, accepted(Authorities.in(List.of(folder))));
    assertEquals(1, accepted(Authorities.in(List.of(certificate))));
  }

  @Test
  void filesAreReadAnewWhenTheyHaveChanged() throws Exception {
    Path certificate = SelfSigned.make(folder).certificate();
    TrustManager first = Authorities.in(List.of(certificate))[0];
    assertSame(first, Authorities.in(List.of(certificate))[0]);
    Files.writeString(certificate, "no certificate any more");
    Files.setLastModifiedTime(certificate, FileTime.fromMillis(1));
    assertThrows(GeneralSecurityException.class, () -> Authorities.in(List.of(certificate)));
  }

  @Test
  void fileRewrittenInAFolderIsReadAnew() throws Exception {
    Path certificate = SelfSigned.make(folder).certificate();
    Path other = SelfSigned.make(Files.createDirectory(folder.resolve("other"))).certificate();
    Path authorities = Files.createDirectory(folder.resolve("authorities"));
    Path file = Files.copy(certificate, authorities.resolve("a.pem"));
    FileTime untouched = Files.getLastModifiedTime(authorities);
    TrustManager first = Authorities.in(List.of(authorities))[0];
    assertSame(first, Authorities.in(List.of(authorities))[0]);
    Files.write(file, Files.readAllBytes(other));
    Files.setLastModifiedTime(file, FileTime.fromMillis(1));
    assertEquals(untouched, Files.getLastModifiedTime(authorities));
    assertNotSame(first, Authorities.in(List.of(authorities))[0]);
  }

  @Test
  void foldersOfTheEnvironmentAreAList() throws Exception {
    Path certificate = SelfSigned.make(folder).certificate();
    Path empty = Files.createDirectory(folder.resolve("empty"));
    String list = empty + ":/no/such::" + folder;
    List<Path> places = Authorities.places(Map.of("SSL_CERT_DIR", list), List.of(certificate));
    assertEquals(List.of(empty, folder), places);
    assertEquals(1, accepted(Authorities.in(places)));
    assertThrows(GeneralSecurityException.class, () -> Authorities.in(List.of(empty)));
  }

  @Test
  void systemsAreThoseOfTheEnvironmentOrElseOfTheDistribution() throws Exception {
    Path bundle = Files.createFile(folder.resolve("bundle.crt"));
    Path named = Files.createFile(folder.resolve("named.crt"));
    List<Path> bundles = List.of(folder.resolve("missing.crt"), bundle, named);
    assertEquals(List.of(bundle), Authorities.places(Map.of(), bundles));
    assertEquals(List.of(), Authorities.places(Map.of(), List.of()));
    assertEquals(
        List.of(named, folder),
        Authorities.places(
            Map.of("SSL_CERT_FILE", named.toString(), "SSL_CERT_DIR", folder.toString()), bundles));
    assertEquals(List.of(bundle), Authorities.places(Map.of("SSL_CERT_FILE", "/no/such"), bundles));
  }

  @Test
  void systemsAreThere() throws Exception {
    assertEquals(1, Authorities.ofTheSystem().length);
  }

  private static int accepted(TrustManager[] trusted) {
    return ((X509TrustManager) trusted[0]).getAcceptedIssuers().length;
  }
}
