// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Which archive of classes {@code bin/nova-api-metadata} uses and makes, with a Java that is a
 * script.
 */
class ClassArchiveTest {
  /** Makes the archive that it is told to make and exits with STATUS, or prints its options. */
  private static final String JAVA =
      """
      #!/bin/sh
      for option in "$@"; do
        case $option in
          -XX:ArchiveClassesAtExit=*)
            echo made >"${option#*=}"
            [ -z "${HANG:-}" ] || { : >"$HANG"; exec sleep 60; }
            exit "${STATUS:-0}"
            ;;
        esac
      done
      printf '%s\\n' "$@"
      """;

  private static final List<String> AS_NOBODY =
      List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups");

  @TempDir private Path folder;
  private Path java;
  private Path command;

  @BeforeEach
  void install() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    java = Files.createDirectories(folder.resolve("java/bin/java").getParent()).getParent();
    Files.writeString(java.resolve("release"), "JAVA_VERSION=\"17.0.1\"\n");
    makeExecutable(Files.writeString(java.resolve("bin/java"), JAVA));
    Path bin = Files.createDirectories(folder.resolve("home/bin"));
    Files.copy(Path.of("bin/java.sh"), bin.resolve("java.sh"));
    command = bin.resolve("nova-api-metadata");
    makeExecutable(Files.copy(Path.of("bin/nova-api-metadata"), command));
    Files.createDirectories(folder.resolve("home/lib"));
    Files.createDirectories(folder.resolve("home/state"));
  }

  @Test
  void anotherUserUsesTheArchiveOfAReadOnlyInstallation() throws Exception {
    assumeTrue(isRoot(), "needs root and setpriv");
    assertEquals("", run(0, List.of(), "", "--prepare"));
    String options = run(0, AS_NOBODY, "");
    assertTrue(options.contains("-XX:SharedArchiveFile=" + archive() + "\n"), options);
    assertEquals(alreadyPrepared(), run(0, AS_NOBODY, "", "--prepare"));
  }

  @Test
  void anArchiveThatWasMadeWithoutAnInstanceIsUsedAndMadeAnew() throws Exception {
    String withoutInstance = "STATUS=" + TrainingRun.WITHOUT_INSTANCE;
    assertEquals("", run(0, List.of(), withoutInstance, "--prepare"));
    assertTrue(run(0, List.of(), "").contains("-XX:SharedArchiveFile=" + archive() + "\n"));
    assertEquals("", run(0, List.of(), "STATUS=0", "--prepare"));
    assertEquals(alreadyPrepared(), run(0, List.of(), "STATUS=1", "--prepare"));
    Files.delete(archive());
    assertEquals("", run(0, List.of(), withoutInstance, "--prepare"));
    assertEquals("", run(0, List.of(), "STATUS=0", "--prepare"));
  }

  @Test
  void aTrainingRunThatFailsLeavesTheArchiveAlone() throws Exception {
    assertEquals("", run(1, List.of(), "STATUS=1", "--prepare"));
    assertEquals(List.of(), files());
    run(0, List.of(), "STATUS=" + TrainingRun.WITHOUT_INSTANCE, "--prepare");
    List<Path> before = files();
    assertEquals("", run(1, List.of(), "STATUS=1", "--prepare"));
    assertEquals(before, files());
  }

  @Test
  void aTrainingRunThatIsToldToEndLeavesNothingBehind() throws Exception {
    Path hanging = folder.resolve("hanging");
    Process training = start(List.of(), "HANG=" + hanging, "--prepare");
    while (!Files.exists(hanging)) {
      assertTrue(training.isAlive());
      Thread.sleep(10);
    }
    training.toHandle().destroy();
    assertEquals(143, training.waitFor());
    assertEquals(List.of(), files());
  }

  private String alreadyPrepared() throws IOException {
    return "already prepared: " + archive() + " (delete it to have another made)\n";
  }

  private Path archive() throws IOException {
    return files().stream()
        .filter(file -> file.toString().endsWith(".jsa"))
        .findFirst()
        .orElseThrow();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("home/state/classes"))) {
      return files.sorted().toList();
    }
  }

  private String run(int status, List<String> wrapper, String setting, String... arguments)
      throws Exception {
    Process process = start(wrapper, setting, arguments);
    String output = new String(process.getInputStream().readAllBytes());
    assertEquals(status, process.waitFor(), output);
    return output;
  }

  private Process start(List<String> wrapper, String setting, String... arguments)
      throws IOException {
    List<String> line = new ArrayList<>(wrapper);
    line.addAll(
        List.of(
            "env",
            "JAVA_HOME=" + java,
            "STATE_DIRECTORY=/proc/no-class-archive",
            setting.isEmpty() ? "STATUS=0" : setting,
            command.toString()));
    line.addAll(List.of(arguments));
    return new ProcessBuilder(line).redirectErrorStream(true).start();
  }

  private static void makeExecutable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static boolean isRoot() throws Exception {
    try {
      return new ProcessBuilder(Stream.concat(AS_NOBODY.stream(), Stream.of("true")).toList())
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
