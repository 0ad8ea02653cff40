// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.signature;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The signatures come from Python's hmac. */
class SharedSecretTest {
  private static final String INSTANCE = "d8e02d56-2648-49a3-bf97-6be8f1204f38";

  @Test
  void knowsItsOwnSignature() {
    assertTrue(
        new SharedSecret("s3cr3t")
            .isSigned(
                INSTANCE, "2027ef4e23a951e81b0c43cf770762ea65d8944762ac8d3a30eb88f59388faae"));
  }

  @Test
  void signsWithAnEmptySecretAsNovaDoes() {
    assertTrue(
        new SharedSecret("")
            .isSigned(
                INSTANCE, "1288fd2a3841eea5666d9cf11355e729bf5e89d6cbf3dc331dd25d150404a4fd"));
  }

  @Test
  void refusesAnotherCaseAndAnotherLength() {
    SharedSecret secret = new SharedSecret("s3cr3t");
    String signature = "2027ef4e23a951e81b0c43cf770762ea65d8944762ac8d3a30eb88f59388faae";
    assertFalse(secret.isSigned(INSTANCE, signature.toUpperCase(java.util.Locale.ROOT)));
    assertFalse(secret.isSigned(INSTANCE, signature + "0"));
    assertFalse(secret.isSigned(INSTANCE, ""));
  }
}
