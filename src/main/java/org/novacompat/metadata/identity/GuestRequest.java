// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.identity;

import java.util.List;
import java.util.Optional;

/** What a strategy may look at: a request's headers and where it came from. */
public interface GuestRequest {
  /**
   * Gives every value of a header.
   *
   * @param name the header's name, in any case
   * @return its values in the order of the request; empty when there is none
   */
  List<String> headers(String name);

  /**
   * Gives the peer's address.
   *
   * @return the textual address of the other end of the connection
   */
  String remoteAddress();

  /**
   * Gives a header that is expected once; repeated, its values are joined as a WSGI server joins
   * them.
   *
   * @param name the header's name, in any case
   * @return its value; empty when there is none
   */
  default Optional<String> header(String name) {
    List<String> values = headers(name);
    return values.isEmpty() ? Optional.empty() : Optional.of(String.join(",", values));
  }
}
