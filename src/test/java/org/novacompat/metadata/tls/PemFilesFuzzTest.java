// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tls;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A PEM file holds what is asked of it, or fails as declared. */
class PemFilesFuzzTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir private static Path folder;
  private static Path file;

  @BeforeAll
  static void nameTheFile() {
    file = folder.resolve("file.pem");
  }

  @FuzzTest
  void holdsWhatIsAskedOfItOrFailsAsDeclared(byte[] pem) throws Exception {
    Files.write(file, pem);
    assertTrue(
        isThere(() -> PemFiles.certificates(file)) || !isThere(() -> PemFiles.trustManagers(file)));
    boolean isPair = isThere(() -> PemFiles.serverKeys(file, file, PASSWORD));
    assertTrue(!isPair || isThere(() -> PemFiles.keyManagers(file, file)));
  }

  private static boolean isThere(Callable<?> reading) throws Exception {
    try {
      reading.call();
      return true;
    } catch (IOException | GeneralSecurityException e) {
      return false;
    }
  }
}
