// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.signature;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 with one key. For one thread at a time. */
final class HmacSha256 {
  private static final String ALGORITHM = "HmacSHA256";

  private final Mac mac;

  HmacSha256(byte[] key) {
    // HMAC pads a key with zeros, so this is the empty key, which SecretKeySpec refuses
    byte[] padded = key.length == 0 ? new byte[1] : key;
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(padded, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  /** Signs the UTF-8 of a text: 32 bytes. */
  byte[] sign(String text) {
    return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
  }
}
