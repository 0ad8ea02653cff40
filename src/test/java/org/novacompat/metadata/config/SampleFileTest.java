// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.novacompat.metadata.config.oslo.Option;

class SampleFileTest {

  private static final Path SAMPLE = Path.of("etc-nova-compat", "nova.conf.sample");
  private static final Path PAGE = Path.of("docs", "configuration.md");
  private static final String REGENERATE = "sample.regenerate";

  @Test
  void checkedInFilesAreWhatTheCatalogueSays() throws Exception {
    assertGenerated(SAMPLE, SampleFile.text());
    assertGenerated(PAGE, OptionsPage.text());
  }

  private static void assertGenerated(Path file, String text) throws Exception {
    if (Boolean.getBoolean(REGENERATE)) {
      Files.writeString(file, text);
    }
    assertEquals(
        text,
        Files.readString(file),
        "to make it anew: mvn test -Dtest=SampleFileTest -D" + REGENERATE + "=true");
  }

  @Test
  void sampleWithItsDefaultsUncommentedIsValidAndChangesNothing() throws Exception {
    Path uncommented = Files.createTempFile("nova", ".conf");
    try {
      String text = SampleFile.text().replaceAll("(?m)^#(?=\\S+ = \\S)", "");
      Files.writeString(uncommented, text);
      NovaConf fromSample = NovaConf.load(List.of(uncommented), List.of(), Map.of());
      NovaConf fromNothing = NovaConf.load(List.of(), List.of(), Map.of());
      for (Option<?> option : Catalogue.all()) {
        assertEquals(fromNothing.get(option), fromSample.get(option), option.name());
      }
      assertEquals(List.of(), fromSample.warnings());
    } finally {
      Files.delete(uncommented);
    }
  }
}
