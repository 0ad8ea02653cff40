// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import java.util.List;

/**
 * nova.conf cannot be used. The message has one line for each problem: where it is, which option it
 * concerns, what was expected. No line holds a secret.
 */
public final class InvalidConfigurationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  InvalidConfigurationException(List<String> problems) {
    super(String.join("\n", problems));
  }

  /** The problems, one line each. */
  public List<String> problems() {
    return getMessage().lines().toList();
  }
}
