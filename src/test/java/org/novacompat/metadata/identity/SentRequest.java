// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.identity;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A request as a guest, a proxy or an enemy may send it. */
final class SentRequest implements GuestRequest {
  private final String from;
  private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  private SentRequest(String from) {
    this.from = from;
  }

  static SentRequest from(String address) {
    return new SentRequest(address);
  }

  SentRequest with(String header, String... values) {
    headers.put(header, List.of(values));
    return this;
  }

  /** Everything by which a guest might try to be another. */
  SentRequest pretendingToBe(String address, String instance) {
    return with("X-Forwarded-For", address)
        .with("Forwarded", "for=" + address)
        .with("X-Real-IP", address)
        .with("X-Forwarded-Host", address)
        .with("X-Instance-ID", instance)
        .with("X-Tenant-ID", "project")
        .with("X-Instance-ID-Signature", "0".repeat(64))
        .with("X-Metadata-Provider", "provider")
        .with("X-Metadata-Provider-Signature", "0".repeat(64));
  }

  @Override
  public List<String> headers(String name) {
    return headers.getOrDefault(name, List.of());
  }

  @Override
  public String remoteAddress() {
    return from;
  }
}
