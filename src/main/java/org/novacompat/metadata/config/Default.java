// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import java.util.function.Supplier;

/**
 * What an option is when nobody sets it.
 *
 * @param text the value's text, as it could stand in the file; empty when there is none
 * @param shown how the sample file shows it
 */
public record Default(Supplier<String> text, String shown) {

  /** A default that is the same on every host. */
  public static Default of(String text) {
    return new Default(() -> text, text);
  }

  /** No value: for options whose type is optional. */
  public static Default none() {
    return of("");
  }

  /** A default that depends on the host, found out when nova.conf is loaded. */
  public static Default computed(String shown, Supplier<String> text) {
    return new Default(text, shown);
  }
}
