// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.novacompat.metadata.identity.Caller.Reason;
import org.novacompat.metadata.signature.SharedSecret;

class SignedProxyTest {
  private static final String INSTANCE = "d8e02d56-2648-49a3-bf97-6be8f1204f38";
  private static final String SIGNATURE =
      "2027ef4e23a951e81b0c43cf770762ea65d8944762ac8d3a30eb88f59388faae";
  private final SignedProxy proxy = new SignedProxy(new SharedSecret("s3cr3t"));

  @Test
  void knowsAGuestByItsSignedHeaders() {
    assertEquals(
        new Caller.Guest(INSTANCE, Optional.of("project"), Optional.of("10.0.0.7")),
        proxy.identify(signed()));
  }

  @Test
  void namesTheFirstHeaderThatIsMissingInNovasOrder() {
    assertEquals(missing("X-Instance-ID"), proxy.identify(request(Map.of())));
    assertEquals(
        missing("X-Instance-ID-Signature"),
        proxy.identify(request(Map.of("X-Instance-ID", List.of(INSTANCE)))));
    assertEquals(
        missing("X-Tenant-ID"),
        proxy.identify(
            request(
                Map.of(
                    "X-Instance-ID",
                    List.of(INSTANCE),
                    "X-Instance-ID-Signature",
                    List.of(SIGNATURE)))));
  }

  @Test
  void refusesAWrongSignature() {
    assertEquals(
        invalidSignature(INSTANCE),
        proxy.identify(with("X-Instance-ID-Signature", List.of("0".repeat(64)))));
  }

  @Test
  void refusesASecondInstanceBesideTheSignedOne() {
    assertEquals(
        invalidSignature(INSTANCE + ",another"),
        proxy.identify(with("X-Instance-ID", List.of(INSTANCE, "another"))));
  }

  private static Caller invalidSignature(String signed) {
    return new Caller.Unidentified(
        Reason.INVALID_AGENT_SIGNATURE, "X-Instance-ID-Signature", "instance", signed);
  }

  private static Caller missing(String header) {
    return new Caller.Unidentified(Reason.NO_AGENT_HEADER, header);
  }

  private static GuestRequest signed() {
    return with("X-Forwarded-For", List.of("10.0.0.7"));
  }

  private static GuestRequest with(String name, List<String> values) {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put("x-instance-id", List.of(INSTANCE));
    headers.put("x-tenant-id", List.of("project"));
    headers.put("x-instance-id-signature", List.of(SIGNATURE));
    headers.put(name, values);
    return request(headers);
  }

  private static GuestRequest request(Map<String, List<String>> headers) {
    return new GuestRequest() {
      @Override
      public List<String> headers(String name) {
        return headers.getOrDefault(name, List.of());
      }

      @Override
      public String remoteAddress() {
        return "192.0.2.1";
      }
    };
  }
}
