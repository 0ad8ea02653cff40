// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where this product is installed and where it may write.
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

  Path liberty() {
    return home.resolve("wlp");
  }

  Path libertyUser() {
    return liberty().resolve("usr");
  }

  Path migrations() {
    return home.resolve("migrations");
  }

  /**
   * Finds the folder for what the service keeps between two starts, none of which matters if it is
   * lost.
   *
   * @param name what for; two services on one machine need two names
   * @param preferred where to put it when the installation itself is not writable
   * @return an existing, writable folder
   * @throws LaunchException when nothing is writable
   */
  Path state(String name, Path preferred) throws LaunchException {
    List<Path> candidates =
        List.of(
            home.resolve("state"),
            preferred.resolve("nova-compat"),
            Path.of(
                System.getProperty("java.io.tmpdir"),
                "nova-compat-" + System.getProperty("user.name")));
    for (Path candidate : candidates) {
      Path folder = candidate.resolve(name);
      try {
        Files.createDirectories(folder);
      } catch (IOException e) {
        continue;
      }
      if (Files.isWritable(folder)) {
        return folder;
      }
    }
    throw new LaunchException("none of " + candidates + " can be written to");
  }
}
