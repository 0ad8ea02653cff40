// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.keystone;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;

/** How a token is come by. */
sealed interface Login {
  /**
   * Keystone is asked for one.
   *
   * @param keystone where it is, {@code /v3} included
   * @param body what to send; holds secrets
   */
  record Request(URI keystone, ObjectNode body) implements Login {
    @Override
    public String toString() {
      return "Request[" + keystone + "]";
    }
  }

  /**
   * It is configured, and Keystone is not asked.
   *
   * @param token the token; a secret
   */
  record Fixed(String token) implements Login {
    @Override
    public String toString() {
      return "Fixed[]";
    }
  }

  /**
   * It cannot be had.
   *
   * @param why a sentence that names the option to look at
   */
  record Impossible(String why) implements Login {}
}
