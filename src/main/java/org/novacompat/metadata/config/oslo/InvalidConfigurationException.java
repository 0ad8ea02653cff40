// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config.oslo;

import java.util.List;
import java.util.stream.Collectors;
import org.novacompat.metadata.python.PythonText;

/**
 * nova.conf cannot be used. The message has one line for each problem: where it is, which option it
 * concerns, what was expected. No line holds a secret.
 */
public final class InvalidConfigurationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Creates one of at least one problem. */
  public InvalidConfigurationException(List<String> problems) {
    super(problems.stream().map(PythonText::printable).collect(Collectors.joining("\n")));
  }

  /** Throws one of these problems, if there are any. */
  public static void requireNone(List<String> problems) {
    if (!problems.isEmpty()) {
      throw new InvalidConfigurationException(problems);
    }
  }

  /** The problems, one line each. */
  public List<String> problems() {
    return getMessage().lines().toList();
  }
}
