// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.vendordata;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.novacompat.metadata.python.PythonJson;

/**
 * The vendor's file, read anew when its size, time or identity changes, and as long as it cannot be
 * read. One thread at a time looks at the file, and no other waits for it. Each new fault is logged
 * once, in one line.
 */
final class VendorFile {
  private static final System.Logger LOG = System.getLogger(VendorFile.class.getName());

  private final Path path;
  private final long checkEveryNanos;
  private final AtomicBoolean checking = new AtomicBoolean();
  private volatile Snapshot snapshot;

  VendorFile(Path path, Duration checkEvery) {
    this.path = path;
    this.checkEveryNanos = checkEvery.toNanos();
    this.snapshot = read(Optional.empty());
  }

  /**
   * What was last read.
   *
   * @param checkedAt when, by {@link System#nanoTime}
   * @param stamp what the file looked like; empty when it could not be read
   * @param answers what it was made into
   * @param fault why it could not be read
   */
  private record Snapshot(
      long checkedAt, Optional<Stamp> stamp, VendorAnswers answers, Optional<String> fault) {
    Snapshot checkedAgain() {
      return new Snapshot(System.nanoTime(), stamp, answers, fault);
    }
  }

  private record Stamp(long size, FileTime modified, Optional<Object> key) {
    static Stamp of(Path path) throws IOException {
      BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
      return new Stamp(file.size(), file.lastModifiedTime(), Optional.ofNullable(file.fileKey()));
    }
  }

  /** Gives what the file says now, or said a moment ago. */
  VendorAnswers answers() {
    Snapshot known = snapshot;
    if (System.nanoTime() - known.checkedAt < checkEveryNanos
        || !checking.compareAndSet(false, true)) {
      return known.answers;
    }
    try {
      snapshot = isUnchanged(known) ? known.checkedAgain() : read(known.fault);
      return snapshot.answers;
    } finally {
      checking.set(false);
    }
  }

  private boolean isUnchanged(Snapshot known) {
    try {
      return known.stamp.isPresent() && known.stamp.get().equals(Stamp.of(path));
    } catch (IOException e) {
      return false;
    }
  }

  private Snapshot read(Optional<String> knownFault) {
    long now = System.nanoTime();
    try {
      Stamp stamp = Stamp.of(path);
      VendorAnswers answers = VendorAnswers.of(PythonJson.read(Files.readAllBytes(path)));
      return new Snapshot(now, Optional.of(stamp), answers, Optional.empty());
    } catch (IOException e) {
      String fault = "vendordata_jsonfile_path " + path + ": " + describe(e);
      if (!knownFault.equals(Optional.of(fault))) {
        LOG.log(System.Logger.Level.WARNING, fault);
      }
      return new Snapshot(
          now, Optional.empty(), VendorAnswers.unavailable(fault), Optional.of(fault));
    }
  }

  private static String describe(IOException fault) {
    if (fault instanceof NoSuchFileException) {
      return "no such file";
    }
    if (fault instanceof CharacterCodingException) {
      return "not UTF-8";
    }
    if (fault instanceof JsonProcessingException json && json.getLocation() != null) {
      return "not JSON, line %d, column %d" // what stands there may be a secret
          .formatted(json.getLocation().getLineNr(), json.getLocation().getColumnNr());
    }
    return "cannot be read: " + firstLine(String.valueOf(fault.getMessage()));
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
