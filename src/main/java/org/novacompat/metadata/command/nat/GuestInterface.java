// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.nat;

import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/**
 * A network interface of this host that guests come in by.
 *
 * @param name its name; a {@code +} at the end stands for any ending, as in iptables
 */
record GuestInterface(String name) {
  private static final Pattern NAME = Pattern.compile("(?=.{1,15}$)[\\w.:@=][\\w.:@=-]*\\+?");

  /**
   * Takes a name that the kernel and both back ends take.
   *
   * @throws TypeConversionException for any other; the message says what is expected
   */
  GuestInterface {
    if (!NAME.matcher(name).matches()) {
      throw new TypeConversionException(
          "expected the name of a network interface, got '" + name + "'");
    }
  }

  boolean isPattern() {
    return name.endsWith("+");
  }

  /** The name as nft writes it, {@code *} for any ending. */
  String inNftables() {
    return name.replace('+', '*');
  }
}
