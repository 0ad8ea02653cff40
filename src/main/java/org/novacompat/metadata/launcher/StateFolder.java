// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/**
 * A folder of this process alone, for what the service keeps between two starts, none of which
 * matters if it is lost. Locked as long as it is open.
 *
 * @param path the folder
 * @param lock what keeps other processes out
 */
record StateFolder(Path path, FileLock lock) implements AutoCloseable {
  /**
   * Opens the first folder that can be had: beneath one of the places, or else a new one in the
   * system's temporary folder, whose name nobody can know beforehand.
   *
   * @param places where to look, in this order
   * @param name the folder's name there; two services on one machine need two names
   * @return the folder
   * @throws LaunchException when another process has it, or nothing can be written to
   */
  static StateFolder open(List<Path> places, String name) throws LaunchException {
    try {
      Optional<Path> folder =
          places.stream().flatMap(place -> writable(place.resolve(name)).stream()).findFirst();
      return lock(folder.isPresent() ? folder.get() : Files.createTempDirectory("nova-compat-"));
    } catch (IOException e) {
      throw new LaunchException("no folder for the service's state can be written to: " + e, e);
    }
  }

  private static Optional<Path> writable(Path folder) {
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(folder.getParent());
        Files.createDirectory(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      boolean ours =
          Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS)
              .getName()
              .equals(System.getProperty("user.name"));
      return ours && Files.isWritable(folder) ? Optional.of(folder) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static StateFolder lock(Path folder) throws IOException, LaunchException {
    FileChannel file =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = file.tryLock();
      if (lock != null) {
        return new StateFolder(folder, lock);
      }
    } catch (OverlappingFileLockException e) {
      file.close();
      throw new LaunchException(folder + " is in use by this very process", e);
    }
    file.close();
    throw new LaunchException(folder + " is in use: the same service is running already");
  }

  @Override
  public void close() throws IOException {
    lock.channel().close();
  }
}
