// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.novacompat.metadata.command.CommandException;

class StateFolderTest {
  @TempDir private Path folder;

  @Test
  void isTheFirstThatCanBeWrittenAndIsKept() throws Exception {
    Path second = folder.resolve("second");
    try (StateFolder state = StateFolder.open(List.of(noFolder(), second), "name")) {
      assertEquals(second.resolve("name"), state.path());
    }
    assertTrue(Files.exists(second.resolve("name")));
  }

  @Test
  void isATemporaryOneAndDeletedAtTheEndWhereNoneCanBeWritten() throws Exception {
    Path path;
    try (StateFolder state = StateFolder.open(List.of(noFolder()), "name")) {
      path = state.path();
      Files.createDirectory(path.resolve("logs"));
      Files.writeString(path.resolve("logs/messages.log"), "");
    }
    assertFalse(Files.exists(path), path::toString);
  }

  @Test
  void isOfOneServiceAlone() throws Exception {
    List<Path> places = List.of(folder, folder.resolve("other"));
    try (StateFolder state = StateFolder.open(places, "name")) {
      CommandException refusal =
          assertThrows(CommandException.class, () -> StateFolder.open(places, "name"));
      assertEquals(state.path() + " is in use by this very process", refusal.getMessage());
    }
  }

  private Path noFolder() throws IOException {
    return Files.writeString(folder.resolve("file"), "").resolve("place");
  }
}
