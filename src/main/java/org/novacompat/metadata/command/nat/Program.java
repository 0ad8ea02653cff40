// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.nat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.novacompat.metadata.command.CommandException;

/**
 * A program of the host's, found on the path or where administrators' programs are. To run it
 * throws a {@link CommandException} when it is not installed, fails, or takes longer than 30 s.
 *
 * @param name its file's name
 * @param origin the package that brings it
 */
record Program(String name, String origin) {
  private static final String SYSTEM_PATH = ":/usr/sbin:/sbin:/usr/local/sbin";
  private static final int MAX_SECONDS = 30;

  boolean isInstalled() {
    return find().isPresent();
  }

  /** Runs it and returns what it prints. */
  String run(String... arguments) {
    return feed("", arguments);
  }

  /** Runs it with a short input and returns what it prints. */
  String feed(String input, String... arguments) {
    Path file =
        find()
            .orElseThrow(
                () ->
                    new CommandException(
                        name + " is not installed; it comes with the package " + origin));
    List<String> command = new ArrayList<>(List.of(file.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("LC_ALL", "C");
    try {
      return outcome(builder.start(), input);
    } catch (IOException e) {
      throw new CommandException(name + " cannot be run: " + e.getMessage(), e);
    }
  }

  private String outcome(Process process, String input) throws IOException {
    CompletableFuture<Process> end = process.onExit().orTimeout(MAX_SECONDS, TimeUnit.SECONDS);
    end.exceptionally(late -> process.destroyForcibly());
    write(input, process);
    String output = read(process.getInputStream());
    String complaint = read(process.getErrorStream()); // shorter than what the pipe holds
    try {
      end.join();
    } catch (CompletionException e) {
      throw new CommandException(name + " has not ended after " + MAX_SECONDS + " s", e);
    }
    if (process.exitValue() != 0) {
      throw new CommandException(
          name + " failed: " + complaint.strip().replaceAll("\\s*\n\\s*", "; "));
    }
    return output;
  }

  private static void write(String input, Process process) {
    try (OutputStream in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // it ended before it read all; its exit status and its complaint say why
    }
  }

  private static String read(InputStream stream) throws IOException {
    return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
  }

  private Optional<Path> find() {
    return Stream.of((System.getenv("PATH") + SYSTEM_PATH).split(":"))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
