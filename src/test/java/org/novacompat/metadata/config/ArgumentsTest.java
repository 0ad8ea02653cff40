// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.novacompat.metadata.config.oslo.Arguments;
import org.novacompat.metadata.config.oslo.ConfigPaths;
import org.novacompat.metadata.config.oslo.InvalidConfigurationException;
import org.novacompat.metadata.config.oslo.OptionName;

/** The command line among the files and the environment, as oslo.config 9 has them. */
class ArgumentsTest {
  private static final OptionName LOG_FILE = new OptionName("DEFAULT", "log_file");
  private static final Arguments.Argument SETS_IT =
      new Arguments.Set(LOG_FILE, "/line", "--log-file");

  @TempDir Path folder;
  private Arguments.Read file;
  private Arguments.Read empty;

  @BeforeEach
  void writeFiles() throws Exception {
    file = read("file.conf", "[DEFAULT]\nlogfile = /file\n");
    empty = read("empty.conf", "");
  }

  @Test
  void aLaterFileWinsOverTheCommandLine() {
    assertEquals("/file", logFile(Map.of(), SETS_IT, file));
    assertEquals("/line", logFile(Map.of(), file, SETS_IT));
    assertEquals("/line", logFile(Map.of(), SETS_IT, empty));
  }

  @Test
  void theCommandLineWinsOverTheEnvironmentUnlessAFileSetsTheOptionToo() {
    Map<String, String> environment = Map.of("OS_DEFAULT__LOG_FILE", "/environment");
    assertEquals("/line", logFile(environment, SETS_IT, empty));
    assertEquals("/environment", logFile(environment, file, SETS_IT));
    assertEquals("/environment", logFile(environment, SETS_IT, file));
    assertEquals("/environment", logFile(environment, file));
  }

  @Test
  void theLastOfTheCommandLineWins() {
    assertEquals(
        "/again", logFile(Map.of(), SETS_IT, new Arguments.Set(LOG_FILE, "/again", "--log-file")));
  }

  @Test
  void refersToOtherOptions() throws Exception {
    Arguments.Read paths = read("paths.conf", "[DEFAULT]\nstate_path = /state\n");
    assertEquals(
        "/state/log",
        logFile(Map.of(), new Arguments.Set(LOG_FILE, "$state_path/log", "--log-file"), paths));
  }

  @Test
  void aWrongValueIsSaidToBeTheCommandLines() {
    Arguments.Set wrong = new Arguments.Set(LOG_FILE, "$none", "--log-file");
    assertEquals(
        List.of(
            "--log-file: [DEFAULT] log_file: it refers to $none, which is set nowhere (a plain $ is"
                + " $$)"),
        assertThrows(InvalidConfigurationException.class, () -> load(Map.of(), wrong)).problems());
  }

  @Test
  void whatIsNotHeededIsSaidUnlessItIsOff() {
    assertEquals(
        List.of(
            "--use-syslog: [DEFAULT] use_syslog is not heeded: nothing is sent to syslog, the log"
                + " goes to standard error and to log_file"),
        load(
                Map.of(),
                SETS_IT,
                new Arguments.Set(new OptionName("DEFAULT", "use_json"), "false", "--nouse-json"),
                new Arguments.Set(new OptionName("DEFAULT", "use_syslog"), "true", "--use-syslog"))
            .warnings());
  }

  @Test
  void areHandedOnAsOneText() {
    Arguments arguments =
        new Arguments(
            List.of(
                SETS_IT,
                file,
                new Arguments.Set(LOG_FILE, "", "--log-file"),
                new Arguments.Set(LOG_FILE, "a:b\n=", "--log-file"),
                empty));
    assertEquals(arguments, Arguments.decoded(arguments.encoded()));
    assertTrue(Arguments.decoded("").inOrder().isEmpty());
  }

  private static String logFile(Map<String, String> environment, Arguments.Argument... arguments) {
    Optional<Path> path = load(environment, arguments).get(Catalogue.DEFAULT.logFile);
    return path.orElseThrow().toString();
  }

  private static NovaConf load(Map<String, String> environment, Arguments.Argument... arguments) {
    return NovaConf.load(
        new Arguments(List.of(arguments)),
        List.of(),
        new ConfigPaths(Path.of("/nowhere"), environment));
  }

  private Arguments.Read read(String name, String text) throws Exception {
    return new Arguments.Read(Files.writeString(folder.resolve(name), text));
  }
}
