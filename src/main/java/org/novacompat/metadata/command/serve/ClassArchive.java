// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.serve;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.novacompat.metadata.command.ConfigurationOptions;

/**
 * The JVM's archive of the classes that a start loads, parsed and verified (class data sharing).
 * {@code bin/nova-api-metadata} has the JVM use it where there is one. Nothing depends on it:
 * without it, or with one that the JVM does not take because it is broken or of another Java, a
 * start takes longer.
 *
 * @param file where it is, or is to be
 */
record ClassArchive(Path file) {
  private static final Logger LOG = Logger.getLogger(ClassArchive.class.getName());
  private static final String FILE_PROPERTY = "nova-compat.class-archive";
  private static final String WITH_INSTANCE = "an instance was read";
  private static final Path NOTHING = Path.of("/dev/null");
  private static final Path MAPPED_FILES = Path.of("/proc/self/maps");

  /** With less, a second JVM for some seconds may be more than the machine or container has. */
  private static final long ROOM_TO_MAKE_ONE = 1L << 30;

  /** That of this JVM; empty where there is no folder to keep it in. */
  static Optional<ClassArchive> ofThisJvm() {
    String file = System.getProperty(FILE_PROPERTY, "");
    return file.isEmpty() ? Optional.empty() : Optional.of(new ClassArchive(Path.of(file)));
  }

  /**
   * Has one made for the next start, unless this start has used it and it is {@link #ofInstance
   * whole}: by a process of its own that rehearses this start, since a JVM that has written an
   * archive is not fit to serve any more. It yields to everything else on the machine.
   *
   * @param installation what to start
   * @return takes that process down, if it is still there
   */
  AutoCloseable madeUnlessUsed(Installation installation) {
    try {
      if (isUsed() && ofInstance() || memory() < ROOM_TO_MAKE_ONE) {
        return () -> {};
      }
      Process rehearsal = rehearse(installation.command());
      return () -> end(rehearsal);
    } catch (IOException e) {
      LOG.log(Level.FINE, "the next start will not be faster", e);
      return () -> {};
    }
  }

  /** Notes, beside an archive, what was rehearsed for it. */
  static void say(Path made, boolean ofInstance) throws IOException {
    Files.writeString(note(made), ofInstance ? WITH_INSTANCE : "no instance was read");
  }

  /** Whether the classes by which a database is read are there too. */
  private boolean ofInstance() throws IOException {
    Path note = note(file);
    return Files.exists(note) && Files.readString(note).equals(WITH_INSTANCE);
  }

  /** Its shell tidies up when Java is gone. */
  private static void end(Process rehearsal) throws InterruptedException {
    rehearsal.descendants().forEach(ProcessHandle::destroyForcibly);
    if (!rehearsal.waitFor(1, TimeUnit.SECONDS)) {
      rehearsal.descendants().forEach(ProcessHandle::destroyForcibly);
      rehearsal.destroy();
    }
  }

  private static Path note(Path archive) {
    return archive.resolveSibling(archive.getFileName() + ".of");
  }

  private boolean isUsed() throws IOException {
    return Files.readString(MAPPED_FILES, StandardCharsets.UTF_8).contains(file.toString());
  }

  private static long memory() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
  }

  private static Process rehearse(Path command) throws IOException {
    List<String> line =
        new ArrayList<>(List.of("nice", "-n", "19", command.toString(), TrainingRun.OPTION));
    line.addAll(ConfigurationOptions.given());
    ProcessBuilder rehearsal =
        new ProcessBuilder(line)
            .redirectInput(Redirect.from(NOTHING.toFile()))
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD);
    rehearsal.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return rehearsal.start();
  }
}
