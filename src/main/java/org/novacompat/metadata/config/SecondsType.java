// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import java.time.Duration;

/** A number of seconds, perhaps with a fraction ({@code oslo_config/types.py: Float}). */
record SecondsType() implements OptionType<Duration> {

  private static final double MILLIS_PER_SECOND = 1000;
  private static final double MOST = 1e9;

  @Override
  public Duration parse(String text) {
    double seconds = Double.parseDouble(PythonText.strip(text));
    if (!(seconds >= 0 && seconds <= MOST)) {
      throw new IllegalArgumentException();
    }
    return Duration.ofMillis(Math.round(seconds * MILLIS_PER_SECOND));
  }

  @Override
  public String expected() {
    return "a number of seconds, 0 or more";
  }

  @Override
  public boolean leavesUnset(String text) {
    return PythonText.strip(text).isEmpty();
  }
}
