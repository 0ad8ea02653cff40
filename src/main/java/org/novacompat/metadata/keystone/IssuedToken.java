// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.keystone;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What Keystone says of a token it issues.
 *
 * @param token the token's properties
 */
record IssuedToken(Properties token) {
  IssuedToken {
    if (token == null) {
      throw new IllegalArgumentException("no token");
    }
  }

  /**
   * A token's properties.
   *
   * @param issuedAt when it was issued, by Keystone's clock; may be missing
   * @param expiresAt when it ends
   * @param catalog the services; missing in a token of no project
   */
  record Properties(
      @JsonProperty("issued_at") String issuedAt,
      @JsonProperty("expires_at") String expiresAt,
      List<ServiceCatalog.Service> catalog) {

    /** For how long it is valid from now; our clock need not agree with Keystone's. */
    Duration lifetime() {
      Instant from = Optional.ofNullable(issuedAt).map(Instant::parse).orElseGet(Instant::now);
      return Duration.between(from, Instant.parse(expiresAt));
    }

    ServiceCatalog serviceCatalog() {
      return new ServiceCatalog(catalog == null ? List.of() : catalog);
    }
  }
}
