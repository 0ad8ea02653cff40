// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.keystone;

import java.net.URI;

/** Reads a server's address, as far as {@link java.net.http.HttpClient} can call it. */
final class ServerUrl {
  private ServerUrl() {}

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException with the rest of a sentence that begins with the address's
   *     name; the address, which may hold a password, is not in it
   */
  static URI of(String text) {
    URI url;
    try {
      url = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("is no URL");
    }
    if (url.getHost() == null) {
      throw new IllegalArgumentException(
          "names no host, or one with an underscore or another character that the name of a host"
              + " may not have");
    }
    return url;
  }
}
