// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.keystone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.novacompat.metadata.config.NovaConf;

/** Configurations from text. */
public final class Conf {
  private Conf() {}

  /** Loads what would stand in nova.conf. */
  public static NovaConf of(String text) {
    try {
      Path file = Files.createTempFile("nova", ".conf");
      try {
        return NovaConf.load(List.of(Files.writeString(file, text)), List.of(), Map.of());
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
