// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.signature;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The file in which the operator keeps the access keys ({@code [esurfing] access_keys_file});
 * {@code etc-nova-compat/access-keys.sample} shows its form. It must be a regular file, or a link
 * to one, that only its owner may read or write.
 *
 * <p>A change takes effect without a restart: at most once a second, one caller checks the file. A
 * new version that cannot be used leaves the keys as they were, and is logged once, in one line.
 */
public final class AccessKeysFile {
  private static final System.Logger LOG = System.getLogger(AccessKeysFile.class.getName());
  private static final Duration CHECK_EVERY = Duration.ofSeconds(1);
  private static final long MAX_BYTES = 1 << 20;
  private static final Set<PosixFilePermission> OWNERS =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private final Path path;
  private final long checkEveryNanos;
  private final AtomicBoolean checking = new AtomicBoolean();
  private volatile Snapshot snapshot;

  private AccessKeysFile(Path path, Duration checkEvery, Snapshot snapshot) {
    this.path = path;
    this.checkEveryNanos = checkEvery.toNanos();
    this.snapshot = snapshot;
  }

  /**
   * What is known of the file.
   *
   * @param checkedAt when it was last looked at, by {@link System#nanoTime}
   * @param stamp what it looked like, whether it could be used or not
   * @param keys the keys of its last version that could be used
   * @param fault why the present version cannot be used
   */
  private record Snapshot(
      long checkedAt, Optional<Stamp> stamp, Map<String, AccessKey> keys, Optional<String> fault) {}

  private record Stamp(
      long size, FileTime modified, Optional<Object> key, Set<PosixFilePermission> permissions) {
    static Stamp of(PosixFileAttributes file) {
      return new Stamp(
          file.size(),
          file.lastModifiedTime(),
          Optional.ofNullable(file.fileKey()),
          file.permissions());
    }
  }

  /**
   * Reads the file for the first time.
   *
   * @param path the file
   * @return its keys, now and as they will be
   * @throws InvalidAccessKeysException when it cannot be used
   */
  public static AccessKeysFile open(Path path) throws InvalidAccessKeysException {
    return open(path, CHECK_EVERY);
  }

  static AccessKeysFile open(Path path, Duration checkEvery) throws InvalidAccessKeysException {
    PosixFileAttributes file = attributes(path);
    Map<String, AccessKey> keys = read(path, file);
    return new AccessKeysFile(
        path,
        checkEvery,
        new Snapshot(System.nanoTime(), Optional.of(Stamp.of(file)), keys, Optional.empty()));
  }

  /**
   * Finds an access key, as it is in the file now or was a second ago.
   *
   * @param id the access key's id
   * @return the key; empty when there is none with this id
   */
  public Optional<AccessKey> find(String id) {
    return Optional.ofNullable(keys().get(id));
  }

  /** Gives the ids of all keys. */
  public Set<String> ids() {
    return keys().keySet();
  }

  private Map<String, AccessKey> keys() {
    Snapshot known = snapshot;
    if (System.nanoTime() - known.checkedAt < checkEveryNanos
        || !checking.compareAndSet(false, true)) {
      return known.keys;
    }
    try {
      snapshot = check(known);
      return snapshot.keys;
    } finally {
      checking.set(false);
    }
  }

  private Snapshot check(Snapshot known) {
    long now = System.nanoTime();
    Optional<Stamp> stamp = Optional.empty();
    try {
      PosixFileAttributes file = attributes(path);
      stamp = Optional.of(Stamp.of(file));
      if (stamp.equals(known.stamp)) {
        return new Snapshot(now, stamp, known.keys, known.fault);
      }
      Map<String, AccessKey> keys = read(path, file);
      LOG.log(System.Logger.Level.INFO, path + " has changed; access keys in it: " + keys.size());
      return new Snapshot(now, stamp, keys, Optional.empty());
    } catch (InvalidAccessKeysException e) {
      complain(e.getMessage(), known.fault);
      return new Snapshot(now, stamp, known.keys, Optional.of(e.getMessage()));
    }
  }

  private static void complain(String fault, Optional<String> before) {
    if (!before.equals(Optional.of(fault))) {
      LOG.log(System.Logger.Level.ERROR, fault + "; the access keys stay as they were read before");
    }
  }

  private static PosixFileAttributes attributes(Path path) throws InvalidAccessKeysException {
    try {
      return Files.readAttributes(path, PosixFileAttributes.class);
    } catch (IOException e) {
      throw new InvalidAccessKeysException(path, describe(e));
    }
  }

  private static Map<String, AccessKey> read(Path path, PosixFileAttributes file)
      throws InvalidAccessKeysException {
    if (!file.isRegularFile()) {
      throw new InvalidAccessKeysException(path, "not a regular file");
    }
    if (!OWNERS.containsAll(file.permissions())) {
      throw new InvalidAccessKeysException(
          path, "others than its owner may read or change it: expected mode 0600 (chmod 600)");
    }
    if (file.size() > MAX_BYTES) {
      throw new InvalidAccessKeysException(path, "larger than " + MAX_BYTES + " bytes");
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path));
      String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      return AccessKeysParser.parse(path, text.lines().toList());
    } catch (IOException e) {
      throw new InvalidAccessKeysException(path, describe(e));
    }
  }

  private static String describe(IOException fault) {
    if (fault instanceof NoSuchFileException) {
      return "no such file";
    }
    if (fault instanceof AccessDeniedException) {
      return "may not be read";
    }
    if (fault instanceof CharacterCodingException) {
      return "not UTF-8";
    }
    return "cannot be read: " + fault.getClass().getSimpleName();
  }
}
