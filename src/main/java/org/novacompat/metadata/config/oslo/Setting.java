// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config.oslo;

import java.nio.file.Path;

/**
 * One assignment, in a file, on the command line or among properties.
 *
 * @param name what is set
 * @param text to what: as written, but for quotes around it and the indentation of its lines
 * @param place where: {@code FILE:LINE}, the line being the one it starts on, from 1; or the option
 *     of the command line or the property
 * @param line the line's number; 0 where there is none
 * @param onCommandLine whether it is one of the command line
 */
public record Setting(OptionName name, String text, String place, int line, boolean onCommandLine) {

  /** The {@link #place} without the line. */
  public String source() {
    return line == 0 ? place : place.substring(0, place.length() - (":" + line).length());
  }

  static Setting inFile(OptionName name, String text, Path file, int line) {
    return new Setting(name, text, file + ":" + line, line, false);
  }

  static Setting of(Arguments.Set argument) {
    return new Setting(argument.option(), argument.text(), argument.written(), 0, true);
  }
}
