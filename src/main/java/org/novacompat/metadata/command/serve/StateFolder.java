// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.serve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.novacompat.metadata.command.CommandException;

/**
 * Holds a folder for this process alone, for what the service caches between two starts. Locked as
 * long as it is open.
 *
 * @param path the folder
 * @param lock keeps other processes out
 * @param isTemporary whether it is deleted at the end
 */
record StateFolder(Path path, FileLock lock, boolean isTemporary) implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger("org.novacompat.metadata");
  private static final Path THIS_PROCESS = Path.of("/proc/self");

  /** Liberty's work area and the first lines of its log take some 2 MiB. */
  private static final long MIN_BYTES = 8 << 20;

  /**
   * Opens the first folder that can be used: beneath one of the places, or else, with a warning, a
   * new one in the system's temporary folder, with a name that cannot be guessed.
   *
   * @param places where to look, in this order
   * @param name the folder's name there; two services on one machine need two names
   * @return the folder
   * @throws CommandException when another process has it, or nothing can be written to
   */
  static StateFolder open(List<Path> places, String name) {
    List<String> complaints = new ArrayList<>();
    for (Path place : places) {
      Path folder = place.resolve(name);
      try {
        requireUsable(folder);
        return lock(folder, false);
      } catch (IOException e) {
        complaints.add(folder + " (" + OsloLog.reason(e) + ")");
      }
    }
    String unusable = String.join(" nor ", complaints);
    try {
      requireRoom(Path.of(System.getProperty("java.io.tmpdir")));
      Path folder = Files.createTempDirectory("nova-compat-");
      LOG.log(
          Level.WARNING,
          "Each start takes longer, with its state in {0}: nothing can be kept in {1}",
          new Object[] {folder, unusable});
      return lock(folder, true);
    } catch (IOException e) {
      throw new CommandException(
          "no folder for the service's state can be written to: not %s nor the temporary folder (%s)"
              .formatted(unusable, OsloLog.reason(e)),
          e);
    }
  }

  private static void requireUsable(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder.getParent());
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    if (!uid(folder).equals(uid(THIS_PROCESS.toRealPath()))) {
      throw new IOException("belongs to user " + Files.getOwner(folder));
    }
    if (!Files.isWritable(folder)) {
      throw new AccessDeniedException(folder.toString());
    }
    requireRoom(folder);
  }

  private static Object uid(Path file) throws IOException {
    return Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
  }

  private static void requireRoom(Path folder) throws IOException {
    long bytes = Files.getFileStore(folder).getUsableSpace();
    if (bytes < MIN_BYTES) {
      throw new IOException(
          "%d KiB are left there, %d are needed".formatted(bytes >> 10, MIN_BYTES >> 10));
    }
  }

  private static StateFolder lock(Path folder, boolean isTemporary) throws IOException {
    FileChannel file =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = file.tryLock();
      if (lock != null) {
        return new StateFolder(folder, lock, isTemporary);
      }
    } catch (OverlappingFileLockException e) {
      file.close();
      throw new CommandException(folder + " is in use by this very process", e);
    }
    file.close();
    throw new CommandException(folder + " is in use: the same service is running already");
  }

  /** Deletes a file, or a folder with all that is in it. */
  static void delete(Path tree) throws IOException {
    if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Override
  public void close() throws IOException {
    lock.channel().close();
    if (isTemporary) {
      delete(path);
    }
  }
}
