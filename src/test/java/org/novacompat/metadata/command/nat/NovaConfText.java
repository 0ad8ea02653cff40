// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.nat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.novacompat.metadata.config.NovaConf;

/** A nova.conf of a few lines, and the state of a host that it asks for. */
final class NovaConfText {
  private NovaConfText() {}

  static NovaConf read(Path folder, String... lines) throws IOException {
    Path file = Files.write(folder.resolve("nova.conf"), List.of(lines));
    return NovaConf.load(List.of(file), List.of(), Map.of());
  }

  static DesiredState desired(Path folder, List<String> interfaces, String... lines)
      throws IOException {
    return DesiredState.of(
        read(
            folder, Stream.concat(Stream.of("[DEFAULT]"), Stream.of(lines)).toArray(String[]::new)),
        interfaces.stream().map(GuestInterface::new).toList());
  }
}
