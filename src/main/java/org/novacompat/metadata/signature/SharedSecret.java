// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.signature;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * The secret that nova and the metadata proxies share ({@code [neutron]
 * metadata_proxy_shared_secret}): signs an identifier with HMAC-SHA256, in lower-case hexadecimal.
 */
public final class SharedSecret {
  private final ThreadLocal<HmacSha256> hmac;

  /**
   * Keeps the secret.
   *
   * @param secret the secret; an empty one signs as nova does with an empty one
   */
  public SharedSecret(String secret) {
    byte[] key = secret.getBytes(StandardCharsets.UTF_8);
    hmac = ThreadLocal.withInitial(() -> new HmacSha256(key));
  }

  /**
   * Signs an identifier.
   *
   * @param identifier the identifier
   * @return the signature, 64 characters
   */
  public String sign(String identifier) {
    return HexFormat.of().formatHex(hmac.get().sign(identifier));
  }

  /**
   * Checks a signature, in a time that does not depend on where it is wrong.
   *
   * @param identifier what was signed
   * @param signature the signature to check
   * @return whether it is this secret's signature of the identifier
   */
  public boolean isSigned(String identifier, String signature) {
    return MessageDigest.isEqual(
        sign(identifier).getBytes(StandardCharsets.US_ASCII),
        signature.getBytes(StandardCharsets.UTF_8));
  }
}
