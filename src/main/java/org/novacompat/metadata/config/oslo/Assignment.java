// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config.oslo;

import java.util.List;

/**
 * The setting that counts for one option.
 *
 * @param texts its text; for a repeatable option all of them, in order
 * @param place where it is set: {@code FILE:LINE}, or the name of a variable, of a property or of
 *     an option of the command line; {@code default} where it is not set
 * @param onCommandLine whether it is set on the command line
 */
record Assignment(List<String> texts, String place, boolean onCommandLine) {

  Assignment(List<String> texts, String place) {
    this(texts, place, false);
  }

  String last() {
    return texts.get(texts.size() - 1);
  }
}
