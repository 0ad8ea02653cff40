// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.keystone;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;

/** How a token is obtained. */
sealed interface AuthMethod {
  /**
   * By asking Keystone.
   *
   * @param keystone its address, {@code /v3} included
   * @param body what to send; holds secrets
   */
  record Request(URI keystone, ObjectNode body) implements AuthMethod {
    @Override
    public String toString() {
      return "Request[" + keystone + "]";
    }
  }

  /**
   * From the configuration.
   *
   * @param token the token; a secret
   */
  record FixedToken(String token) implements AuthMethod {
    @Override
    public String toString() {
      return "FixedToken[]";
    }
  }

  /**
   * Not at all: the configuration does not allow it.
   *
   * @param why a sentence that names the option to look at
   */
  record Misconfigured(String why) implements AuthMethod {}
}
