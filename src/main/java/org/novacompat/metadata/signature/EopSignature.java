// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.signature;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.SortedMap;

/**
 * The signature of eSurfing Cloud's OpenAPI gateway (the vendor's name for it is EOP), as clients
 * send it in {@code Eop-Authorization}.
 *
 * <p>What is signed is a text of three parts: each signed header as {@code name:value} and a line
 * feed; a line feed and the query; a line feed and the SHA-256 of the body in lower-case
 * hexadecimal. It is signed with HMAC-SHA256 under a key that is derived from the secret by way of
 * the time, the access key's id and the day.
 */
public final class EopSignature {
  private static final int DAY_LENGTH = "yyyyMMdd".length();

  private EopSignature() {}

  /**
   * Signs a request.
   *
   * @param key whose secret signs
   * @param eopDate the value of the header {@code Eop-date}: {@code yyyyMMdd'T'HHmmss'Z'}
   * @param headers the headers to sign, each name in lower case, in alphabetical order
   * @param query the query in its signed form, {@code k=v} joined by {@code &}, sorted by key,
   *     values percent-encoded; empty where there is none
   * @param body the body as sent; empty where there is none
   * @return the signature in base64
   */
  public static String sign(
      AccessKey key, String eopDate, SortedMap<String, String> headers, String query, byte[] body) {
    byte[] kTime = hmac(key.secret().getBytes(StandardCharsets.UTF_8), eopDate);
    byte[] kAk = hmac(kTime, key.id());
    byte[] kDate = hmac(kAk, eopDate.substring(0, Math.min(DAY_LENGTH, eopDate.length())));
    byte[] signature = hmac(kDate, textToSign(headers, query, body));
    return Base64.getEncoder().encodeToString(signature);
  }

  private static String textToSign(SortedMap<String, String> headers, String query, byte[] body) {
    StringBuilder text = new StringBuilder();
    headers.forEach((name, value) -> text.append(name).append(':').append(value).append('\n'));
    text.append('\n').append(query).append('\n');
    return text.append(HexFormat.of().formatHex(sha256(body))).toString();
  }

  private static byte[] hmac(byte[] key, String text) {
    return new HmacSha256(key).sign(text);
  }

  private static byte[] sha256(byte[] body) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
