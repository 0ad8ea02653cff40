// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.openapi;

import java.util.Optional;
import java.util.Set;

/** The parameters of a call, wherever it carries them. */
interface Parameters {
  /** The names of all parameters that were sent. */
  Set<String> names();

  /**
   * A parameter that must be a string.
   *
   * @return the string; empty when it is missing or empty
   * @throws RefusedException when it is anything else, or sent twice
   */
  Optional<String> string(String name) throws RefusedException;
}
