// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import java.util.List;
import java.util.stream.Collectors;
import org.novacompat.metadata.python.PythonText;

/**
 * nova.conf cannot be used. The message has one line for each problem: where it is, which option it
 * concerns, what was expected. No line holds a secret.
 */
public final class InvalidConfigurationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  InvalidConfigurationException(List<String> problems) {
    super(problems.stream().map(PythonText::printable).collect(Collectors.joining("\n")));
  }

  /** The problems, one line each. */
  public List<String> problems() {
    return getMessage().lines().toList();
  }
}
