// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.serve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.novacompat.metadata.command.CommandException;

/**
 * Names the files of this installation and the folders that the service may write to.
 *
 * @param home the folder that holds {@code bin}, {@code lib} and {@code wlp}
 */
record Installation(Path home) {
  static final String SERVER = "metadata";
  private static final String HOME_PROPERTY = "nova-compat.home";

  static Installation ofThisCommand() {
    return new Installation(
        Path.of(System.getProperty(HOME_PROPERTY)).toAbsolutePath().normalize());
  }

  Path command() {
    return home.resolve("bin/nova-api-metadata");
  }

  Path liberty() {
    return home.resolve("wlp");
  }

  Path libertyUser() {
    return liberty().resolve("usr");
  }

  /**
   * The files that say which Liberty this is and how it is configured, the application apart.
   *
   * @throws IOException when one of their folders cannot be read
   */
  List<Path> libertyConfiguration() throws IOException {
    Path server = libertyUser().resolve("servers").resolve(SERVER);
    try (Stream<Path> version = Files.walk(liberty().resolve("lib/versions"));
        Stream<Path> guard = Files.list(liberty().resolve("lib"));
        Stream<Path> user = Files.walk(libertyUser())) {
      return Stream.of(
              version,
              guard.filter(file -> file.getFileName().toString().startsWith("org.novacompat.")),
              user)
          .flatMap(Function.identity())
          .filter(file -> !file.startsWith(server.resolve("apps")))
          .filter(file -> !file.startsWith(server.resolve("workarea")))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** A native library for each architecture, of which only one is ever loaded. */
  Path nativeLibraries() {
    return home.resolve("lib/native");
  }

  Path migrations() {
    return home.resolve("migrations");
  }

  /**
   * Opens the folder for what the service keeps between two starts.
   *
   * @param name what for; two services on one machine need two names
   * @param preferred where to put it when the installation itself is not writable
   * @return the folder, of this process alone
   * @throws CommandException when another process has it, or nothing can be written to
   */
  StateFolder state(String name, Path preferred) {
    return StateFolder.open(List.of(home.resolve("state"), preferred.resolve("nova-compat")), name);
  }
}
