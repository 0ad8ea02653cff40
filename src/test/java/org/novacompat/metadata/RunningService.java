// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The built command {@code bin/nova-api-metadata}, run as an operator runs it. */
final class RunningService implements AutoCloseable {
  private static final Path COMMAND =
      Path.of("target/nova-compat-metadata/bin/nova-api-metadata").toAbsolutePath();
  private static final Duration LONGEST_START = Duration.ofMinutes(3);

  private final Process process;
  private final Path output;

  private RunningService(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Starts the command and waits for its line 'Serving'. */
  static RunningService start(Path folder, Map<String, String> environment, String... arguments)
      throws Exception {
    return startBy(List.of(), folder, environment, arguments);
  }

  /** The same by another command, which replaces itself with the one that follows it. */
  static RunningService startBy(
      List<String> wrapper, Path folder, Map<String, String> environment, String... arguments)
      throws Exception {
    RunningService service = launchBy(wrapper, folder, environment, arguments);
    long end = System.nanoTime() + LONGEST_START.toNanos();
    while (!service.output().contains(" Serving ")) {
      if (!service.process.isAlive() || System.nanoTime() > end) {
        service.close();
        throw new IllegalStateException("did not start:\n" + service.output());
      }
      Thread.sleep(50);
    }
    return service;
  }

  /** Starts the command and does not wait. */
  static RunningService launch(Path folder, Map<String, String> environment, String... arguments)
      throws IOException {
    return launchBy(List.of(), folder, environment, arguments);
  }

  /** The same by another command, which replaces itself with the one that follows it. */
  static RunningService launchBy(
      List<String> wrapper, Path folder, Map<String, String> environment, String... arguments)
      throws IOException {
    Path output = Files.createTempFile(folder, "console", ".log");
    List<String> command = new ArrayList<>(wrapper);
    command.add(COMMAND.toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    return new RunningService(builder.start(), output);
  }

  /** The archive of classes that this Java has left behind; a file that is not there if none. */
  static Path classArchive() throws IOException {
    Path folder = COMMAND.resolve("../../state/classes").normalize();
    String java = "java" + Runtime.version().feature() + "-";
    try (Stream<Path> files = Files.list(Files.createDirectories(folder))) {
      return files
          .filter(file -> file.getFileName().toString().matches(java + "[0-9-]+\\.jsa"))
          .findFirst()
          .orElse(folder.resolve(java + "none.jsa"));
    }
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  String output() throws IOException {
    return Files.readString(output);
  }

  @Override
  public String toString() {
    try {
      return output();
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Its process, for whoever looks into it. */
  long pid() {
    return process.pid();
  }

  /** Waits for the command to end by itself. */
  int exitStatus() throws InterruptedException {
    if (!process.waitFor(LONGEST_START.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("still running");
    }
    return process.exitValue();
  }

  /** Sends SIGTERM and waits. */
  int terminate() throws InterruptedException {
    tellToEnd();
    return exitStatus();
  }

  /** Sends SIGTERM. */
  void tellToEnd() {
    process.destroy();
  }

  @Override
  public void close() {
    process.destroy();
    if (process.onExit().completeOnTimeout(null, 40, TimeUnit.SECONDS).join() == null) {
      process.destroyForcibly().onExit().join();
    }
  }
}
