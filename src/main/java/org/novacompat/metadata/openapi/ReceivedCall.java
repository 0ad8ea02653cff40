// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.openapi;

import java.util.List;

/** A call as it was received, before its caller is known. */
interface ReceivedCall {
  /** The HTTP method. */
  String method();

  /** The path below the application's, still encoded. */
  String path();

  /** All values of a header, in the order in which they were sent. */
  List<String> headers(String name);

  /** The query, still encoded; empty when there is none. */
  String query();

  /** The address of the caller. */
  String address();

  /**
   * Reads the body, once.
   *
   * @throws RefusedException when it is too large, too slow or breaks off
   */
  byte[] body() throws RefusedException;
}
