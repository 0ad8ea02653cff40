// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.keystone;

import java.time.Duration;

/**
 * A token in use.
 *
 * @param id what services are sent; a secret
 * @param since when it was received, by {@link System#nanoTime}
 * @param lifetime for how long it is valid from then
 * @param catalog the services that accept it
 */
record Token(String id, long since, Duration lifetime, ServiceCatalog catalog) {
  /** keystoneauth's {@code MIN_TOKEN_LIFE_SECONDS}: what is left when a new token is asked for. */
  private static final Duration MARGIN = Duration.ofSeconds(120);

  boolean isValid(long now) {
    return now - since < lifetime.toNanos();
  }

  /** Tells whether it will be valid for a while; a short-lived one for half its time. */
  boolean isFresh(long now) {
    Duration half = lifetime.dividedBy(2);
    Duration margin = half.compareTo(MARGIN) < 0 ? half : MARGIN;
    return now - since < lifetime.minus(margin).toNanos();
  }

  @Override
  public String toString() {
    return "Token[for " + lifetime + "]";
  }
}
