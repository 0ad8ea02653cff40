// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.serve;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Decides whether a start may reuse Liberty's work area, in which Liberty caches features and
 * configuration. Liberty would reuse it although other endpoints are included; so it is deleted
 * unless the start that left it ended cleanly and had the same {@link #origin}. A start without it
 * takes as long as a first one.
 *
 * @param folder the work area
 */
record WorkArea(Path folder) {
  /** The place in the state folder of one service. */
  static WorkArea in(Path state) {
    return new WorkArea(state.resolve(Installation.SERVER).resolve("workarea"));
  }

  /**
   * What a work area depends on: the Java, the installed Liberty, its configuration, and what the
   * launcher tells it, but for passwords, which are other ones at each start.
   *
   * @param installation the installation
   * @param properties Liberty's bootstrap properties
   * @return lines of text
   * @throws IOException when a file of the installation cannot be read
   */
  static String origin(Installation installation, Map<String, String> properties)
      throws IOException {
    StringBuilder origin = new StringBuilder();
    for (String name : List.of("java.home", "java.vm.vendor", "java.vm.version")) {
      origin.append(name).append('=').append(System.getProperty(name)).append('\n');
    }
    new TreeMap<>(properties)
        .forEach(
            (name, value) -> {
              if (!name.endsWith(TlsEndpoint.PASSWORD)) {
                origin.append(name).append('=').append(value).append('\n');
              }
            });
    for (Path file : installation.libertyConfiguration()) {
      origin.append(file).append(' ').append(content(file)).append('\n');
    }
    return origin.toString();
  }

  /** Prepares it for a start; deletes it where it has another origin. */
  void open(String origin) throws IOException {
    if (!Files.exists(mark()) || !Files.readString(mark()).equals(origin)) {
      StateFolder.delete(folder);
    }
    Files.deleteIfExists(mark());
  }

  /** Keeps it for the next start, after a clean end. */
  void keep(String origin) throws IOException {
    // Liberty's mark of a server that runs or died; its shutdown hook, which does not run, deletes
    // it
    Files.deleteIfExists(folder.resolve(".sRunning"));
    Files.writeString(mark(), origin);
  }

  private Path mark() {
    return folder.resolveSibling("workarea.origin");
  }

  /** What a file says; where it cannot be read, how large and how old it is. */
  private static String content(Path file) throws IOException {
    try (DigestInputStream in =
        new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(in.getMessageDigest().digest());
    } catch (AccessDeniedException e) {
      return Files.size(file) + " " + Files.getLastModifiedTime(file);
    } catch (NoSuchFileException e) {
      return "gone";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
