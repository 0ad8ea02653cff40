// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The signatures here are what published clients computed when they were run on the same input,
 * with a made-up access key:
 *
 * <ul>
 *   <li>the vendor's Go SDK, repository {@code ctyun-it/ctyun-sdk-go} at {@code ffde8493}, file
 *       {@code ctyun-sdk-core/request.go}, function {@code GetSign}; its queries are what its
 *       {@code buildRequest} sends;
 *   <li>a third party's Python client, repository {@code fengyucn/ctyun-cli} at {@code 4ee59193},
 *       file {@code src/auth/eop_signature.py}, method {@code CTYUNEOPAuth.sign_request}.
 * </ul>
 */
class EopSignatureTest {
  private static final AccessKey KEY =
      new AccessKey(
          "3f9c1d7a5e2b4860a1c4d8e6f7b90213", "b7e0c2a94d5f41838e6a1f0d9c3b5728", Set.of());
  private static final String DATE = "20220525T160752Z";
  private static final Map<String, String> HEADERS =
      Map.of("eop-date", DATE, "ctyun-eop-request-id", "27cfe4dc-e640-45f6-92ca-492ca73e8680");
  private static final String INSTANCE = "c44de03e-300b-7237-1827-b51aeaff3ccd";

  @Test
  void signsABodyAsBothClientsDo() {
    String body =
        "{\"azName\":\"az1\",\"instanceID\":\"%s\",\"metadata\":{\"test1\":\"123\",\"test2\":\"abc\"},\"regionID\":\"huadong1\"}"
            .formatted(INSTANCE);
    assertEquals("17fDGxpXpKZtV1232zBDAAdRZbvLDN4KUeTZsrSxv7o=", sign("", body));
  }

  @Test
  void signsAQueryAsBothClientsDo() {
    String query = "azName=az1&instanceID=" + INSTANCE + "&regionID=huadong1";
    assertEquals("huDanZ/Rm7A8dH8k6VvKeTnFy0L7J/aNHRmxecj4Alo=", sign(query, ""));
    assertEquals(
        query,
        SignedQuery.of(
            new TreeMap<>(
                Map.of("regionID", "huadong1", "instanceID", INSTANCE, "azName", "az1"))));
  }

  @Test
  void knowsTheVendorsSpaceOfGo() {
    String sent =
        "instanceID=" + INSTANCE + "&metadataKey=a+b%2Fc%2Ad~e%2Bf%3D%C3%A9&regionID=huadong1";
    assertSignedByOneReading("ukjd/4aGLS/9XZlQFM59UsYi2AXRUmjwd+byYez6NSs=", sent);
  }

  @Test
  void knowsWhatPythonSignsWhicheverFormItSends() {
    String signature = "ZWOtg0onbxRtXwD7hTvihGlCHaFc6JTfHeIxE5dye4c=";
    for (String space : new String[] {"+", "%20"}) {
      assertSignedByOneReading(
          signature,
          "regionID=huadong1&instanceID="
              + INSTANCE
              + "&metadataKey=a"
              + space
              + "b%2Fc%2Ad~e%2Bf%3D%C3%A9");
    }
  }

  @Test
  void anotherValueOfAnythingSignedIsAnotherSignature() {
    String signature = sign("a=1", "body");
    assertNotEquals(signature, sign("a=2", "body"));
    assertNotEquals(signature, sign("a=1", "Body"));
    TreeMap<String, String> headers = new TreeMap<>(HEADERS);
    headers.put("host", "ctecs-global.ctapi.ctyun.cn");
    assertNotEquals(
        signature,
        EopSignature.sign(KEY, DATE, headers, "a=1", "body".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void anAccessKeyShowsNoSecret() {
    assertFalse(KEY.toString().contains(KEY.secret()));
  }

  @Test
  void anAccessKeyHasAnIdAndASecret() {
    assertThrows(IllegalArgumentException.class, () -> new AccessKey("id", "", Set.of()));
    assertThrows(IllegalArgumentException.class, () -> new AccessKey("", "secret", Set.of()));
  }

  private static void assertSignedByOneReading(String signature, String sent) {
    assertEquals(
        1,
        SignedQuery.readings(sent).stream()
            .filter(reading -> sign(reading, "").equals(signature))
            .count());
  }

  private static String sign(String query, String body) {
    return EopSignature.sign(
        KEY, DATE, new TreeMap<>(HEADERS), query, body.getBytes(StandardCharsets.UTF_8));
  }
}
