// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.openapi;

import java.util.List;

/** A call as it came, before it is known whose it is. */
interface ReceivedCall {
  /** All values of a header, in the order in which they came. */
  List<String> headers(String name);

  /** The query as it came, still encoded; empty when there is none. */
  String query();

  /** The address that it comes from. */
  String address();

  /**
   * Reads the body, once.
   *
   * @throws RefusedException when it is too large or breaks off
   */
  byte[] body() throws RefusedException;
}
