// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import java.nio.file.Path;

/**
 * One assignment in one file.
 *
 * @param name what is set
 * @param text to what: as written, but for quotes around it and the indentation of its lines
 * @param file the file
 * @param line the line it starts on, from 1
 */
record Setting(OptionName name, String text, Path file, int line) {

  String place() {
    return file + ":" + line;
  }
}
