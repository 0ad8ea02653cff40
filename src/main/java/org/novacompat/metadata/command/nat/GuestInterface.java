// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.nat;

import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A network interface of this host that guests come in by.
 *
 * @param name its name; a {@code +} at the end stands for any ending, as in iptables
 */
record GuestInterface(String name) {
  private static final Pattern NAME = Pattern.compile("[\\w.:@=][\\w.:@=-]*\\+?");
  private static final int LONGEST = 15;
  private static final String ANY_ENDING = "+";

  /**
   * Takes a name that the kernel and both back ends take.
   *
   * @throws IllegalArgumentException for any other; the message says what is expected
   */
  GuestInterface {
    if (!NAME.matcher(name).matches() || name.length() > LONGEST) {
      throw new IllegalArgumentException(
          "expected the name of a network interface, got '" + name + "'");
    }
  }

  /** Reads one from a command line. */
  static final class Named implements ITypeConverter<GuestInterface> {
    @Override
    public GuestInterface convert(String name) {
      try {
        return new GuestInterface(name);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  boolean isPattern() {
    return name.endsWith(ANY_ENDING);
  }

  /** The name as nft writes it, {@code *} for any ending. */
  String inNftables() {
    return isPattern() ? name.substring(0, name.length() - 1) + "*" : name;
  }
}
