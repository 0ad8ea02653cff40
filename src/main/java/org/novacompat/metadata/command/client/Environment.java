// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.client;

import java.util.Map;
import java.util.Optional;

/**
 * The variables that the command is run with.
 *
 * @param variables values by name
 */
record Environment(Map<String, String> variables) {
  /** Gives a variable's value; an empty one is none. */
  Optional<String> value(String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
  }
}
