// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config.paste;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.novacompat.metadata.config.NovaConf;

/** Whatever api-paste.ini holds, it is read, with a line for each thing that is not heeded. */
class ApiPasteFuzzTest {
  private static final int MAX_WARNING_CHARACTERS = 500;

  @TempDir private static Path folder;
  private static Path paste;
  private static NovaConf conf;

  @BeforeAll
  static void nameTheFile() throws Exception {
    paste = Files.createFile(folder.resolve("api-paste.ini"));
    Path novaConf = folder.resolve("nova.conf");
    Files.writeString(novaConf, "[wsgi]\napi_paste_config = " + paste + "\n");
    conf = NovaConf.load(List.of(novaConf), List.of(), Map.of());
  }

  @FuzzTest
  void isReadWithALineForEachWarning(byte[] text) throws Exception {
    Files.write(paste, text);
    for (String warning : ApiPaste.of(conf).warnings()) {
      assertTrue(warning.chars().noneMatch(Character::isISOControl), warning);
      // a control character takes four: \x00
      assertTrue(warning.length() < MAX_WARNING_CHARACTERS + 4 * text.length, warning);
    }
  }
}
