// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret that nova and the metadata proxies share ({@code [neutron]
 * metadata_proxy_shared_secret}): signs an identifier with HMAC-SHA256, in lower-case hexadecimal.
 */
public final class SharedSecret {
  private static final String ALGORITHM = "HmacSHA256";

  private final ThreadLocal<Mac> mac;

  /**
   * Keeps the secret.
   *
   * @param secret the secret; an empty one signs as nova does with an empty one
   */
  public SharedSecret(String secret) {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    // HMAC pads a key with zeros, so this is the empty key, which SecretKeySpec refuses
    SecretKeySpec key = new SecretKeySpec(bytes.length == 0 ? new byte[1] : bytes, ALGORITHM);
    mac = ThreadLocal.withInitial(() -> keyed(key));
  }

  /**
   * Checks a signature, in a time that does not depend on where it is wrong.
   *
   * @param identifier what was signed
   * @param signature the signature to check
   * @return whether it is this secret's signature of the identifier
   */
  public boolean signed(String identifier, String signature) {
    byte[] expected = mac.get().doFinal(identifier.getBytes(StandardCharsets.UTF_8));
    byte[] hex = HexFormat.of().formatHex(expected).getBytes(StandardCharsets.US_ASCII);
    return MessageDigest.isEqual(hex, signature.getBytes(StandardCharsets.UTF_8));
  }

  private static Mac keyed(SecretKeySpec key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
