// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.nat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A program of the host's, found on the path or where administrators' programs are.
 *
 * @param name its file's name
 * @param origin the package that brings it
 */
record Program(String name, String origin) {
  private static final List<String> ALSO = List.of("/usr/sbin", "/sbin", "/usr/local/sbin");
  private static final long LONGEST_RUN_SECONDS = 30;

  boolean isInstalled() {
    return find().isPresent();
  }

  /**
   * Runs it.
   *
   * @return what it prints
   * @throws NatException when it is not installed, fails, or takes longer than 30 s
   */
  String run(String... arguments) throws NatException {
    return feed("", arguments);
  }

  /**
   * Runs it with an input.
   *
   * @return what it prints
   * @throws NatException when it is not installed, fails, or takes longer than 30 s
   */
  String feed(String input, String... arguments) throws NatException {
    List<String> command = new ArrayList<>(List.of(file().toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("LC_ALL", "C");
    try {
      return outcome(builder.start(), input);
    } catch (IOException e) {
      throw new NatException(name + " cannot be run: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NatException(name + " was interrupted", e);
    }
  }

  private String outcome(Process process, String input)
      throws IOException, InterruptedException, NatException {
    CompletableFuture<String> printed = read(process.getInputStream());
    CompletableFuture<String> complaint = read(process.getErrorStream());
    try (OutputStream in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // it ended before it read all; its exit status and its complaint tell why
      complaint.join();
    }
    if (!process.waitFor(LONGEST_RUN_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new NatException(name + " has not ended after " + LONGEST_RUN_SECONDS + " s");
    }
    if (process.exitValue() != 0) {
      throw new NatException(name + " failed: " + sentence(complaint.join()));
    }
    return printed.join();
  }

  private static CompletableFuture<String> read(InputStream stream) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static String sentence(String complaint) {
    return complaint
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .collect(Collectors.joining("; "));
  }

  private Path file() throws NatException {
    return find()
        .orElseThrow(() -> new NatException(name + " is not installed; it comes with " + origin));
  }

  private Optional<Path> find() {
    Stream<String> path = Stream.of(System.getenv().getOrDefault("PATH", "").split(":"));
    return Stream.concat(path, ALSO.stream())
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
