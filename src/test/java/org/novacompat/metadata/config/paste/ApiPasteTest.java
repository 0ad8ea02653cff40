// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config.paste;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.novacompat.metadata.config.NovaConf;

class ApiPasteTest {
  /** As nova ships it, but for the path. */
  private static final String PASTE =
      """
      [composite:metadata]
      use = egg:Paste#urlmap
      /: meta

      [pipeline:meta]
      pipeline = healthcheck cors http_proxy_to_wsgi metaapp

      [filter:healthcheck]
      use = egg:oslo.middleware#healthcheck
      backends = disable_by_file
      disable_by_file_path = /srv/off

      [filter:cors]
      paste.filter_factory = oslo_middleware.cors:filter_factory
      """;

  @TempDir private Path folder;
  private Path paste;

  @BeforeEach
  void noPasteFile() {
    paste = folder.resolve("api-paste.ini");
  }

  @Test
  void namesTheFileOfTheHealthcheckFilter() throws Exception {
    Files.writeString(paste, PASTE);
    assertEquals(disabledBy("/srv/off"), read().disablingFile());
    assertEquals(
        disabledBy("/srv/off"),
        read("[healthcheck]", "disable_by_file_path = /srv/o").disablingFile());
  }

  @Test
  void namesTheFileOfTheHealthcheckApplication() throws Exception {
    Files.writeString(
        paste,
        PASTE
            .replace("/: meta\n", "/: meta\n/healthcheck: healthcheck\n")
            .replace("[filter:healthcheck]", "[app:healthcheck]")
            .replace("= healthcheck cors", "= cors")
            .replace("backends", "path = /healthcheck\ndetailed = False\nbackends"));
    assertEquals(disabledBy("/srv/off"), read().disablingFile());
    assertEquals(List.of(), read().warnings());
  }

  @Test
  void warnsOfWhatOfTheHealthcheckAndThePipelineIsNotHeeded() throws Exception {
    Files.writeString(
        paste,
        PASTE
                .replace(
                    "= disable_by_file\n", "= disable_by_file, enable_by_files\ndetailed = true\n")
                .replace("http_proxy_to_wsgi metaapp", "http_proxy_to_wsgi ratelimit metaapp")
            + "[filter:ratelimit]\npaste.filter_factory = site.limits:factory\n");
    assertEquals(
        List.of(
            paste
                + ": [filter:healthcheck] detailed is not heeded: of the healthcheck's back ends,"
                + " disable_by_file alone is there",
            paste
                + ": [filter:healthcheck] backends: enable_by_files is not heeded: of the"
                + " healthcheck's back ends, disable_by_file alone is there",
            paste + ": the filter filter:ratelimit before the metadata API is not heeded"),
        read().warnings());
  }

  @Test
  void takesNovaConfsFileWhereThePasteFileNamesNone() throws Exception {
    Files.writeString(paste, PASTE.replace("disable_by_file_path = /srv/off\n", ""));
    assertEquals(
        disabledBy("/srv/o"),
        read("[healthcheck]", "disable_by_file_path = /srv/o").disablingFile());
  }

  @Test
  void makesNothingOfAPasteFileThatIsNotThere() throws Exception {
    assertEquals(
        disabledBy("/srv/o"),
        read(
                "[wsgi]",
                "api_paste_config = none.ini",
                "[healthcheck]",
                "disable_by_file_path = /srv/o")
            .disablingFile());
  }

  @Test
  void heedsThePasteFilesPathOnlyWithItsBackend() throws Exception {
    Files.writeString(paste, PASTE.replace("= disable_by_file\n", "= other, disable_by_files\n"));
    assertEquals(Optional.empty(), read().disablingFile());
    Files.writeString(paste, PASTE.replace("= disable_by_file\n", "= other , disable_by_file\n"));
    assertEquals(disabledBy("/srv/off"), read().disablingFile());
  }

  @Test
  void looksNowhereElseThanInTheHealthcheckFilterAndDefault() throws Exception {
    Files.writeString(paste, PASTE.replace("[filter:healthcheck]", "[filter:other]"));
    assertEquals(Optional.empty(), read().disablingFile());
    Files.writeString(
        paste,
        "[DEFAULT]\ndisable_by_file_path = %(here)s/off\n"
            + PASTE.replace("disable_by_file_path = /srv/off\n", ""));
    assertEquals(disabledBy(folder + "/off"), read().disablingFile());
  }

  @Test
  void readsCommentsAndContinuedLines() throws Exception {
    Files.writeString(
        paste,
        """
        [filter:healthcheck]
        # backends = none
        backends: other,
          ; a comment
            disable_by_file
        disable_by_file_path=/srv/off
        """);
    assertEquals(disabledBy("/srv/off"), read().disablingFile());
  }

  @Test
  void isFoundByItsOwnPathToo() throws Exception {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere")).resolve("paste.ini");
    Files.writeString(elsewhere, PASTE);
    assertEquals(
        disabledBy("/srv/off"), read("[wsgi]", "api_paste_config = " + elsewhere).disablingFile());
    assertEquals(
        disabledBy("/srv/off"),
        read("[DEFAULT]", "api_paste_config = elsewhere/paste.ini").disablingFile());
  }

  @Test
  void warnsOfAFileThatCannotBeReadAndGoesOn() throws Exception {
    Files.createDirectory(paste);
    ApiPaste read = read("[healthcheck]", "disable_by_file_path = /srv/o");
    assertEquals(Optional.of(Path.of("/srv/o")), read.disablingFile());
    assertEquals(1, read.warnings().size());
    assertTrue(read.warnings().get(0).startsWith(paste + ": cannot be read"), read::toString);
  }

  private static Optional<Path> disabledBy(String file) {
    return Optional.of(Path.of(file));
  }

  private ApiPaste read(String... lines) throws Exception {
    Path conf = Files.write(folder.resolve("nova.conf"), List.of(lines));
    return ApiPaste.of(
        NovaConf.load(List.of(conf), List.of(), Map.of("HOME", folder.resolve("home").toString())));
  }
}
