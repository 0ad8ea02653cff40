// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.survival;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.novacompat.metadata.conformance.ConformanceRecording;
import org.novacompat.metadata.conformance.ConformanceReplay;

/** A Java program of {@code bench/}, run in a process of its own. */
final class BenchProgram {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path classes;
  private final Path targets;

  private BenchProgram(Path classes, Path targets) {
    this.classes = classes;
    this.targets = targets;
  }

  /**
   * Compiles the programs.
   *
   * @param folder where their classes go
   * @param guests who asks; their requests are signed
   * @param secret what with
   */
  static BenchProgram compile(Path folder, List<ConformanceRecording.Guest> guests, String secret)
      throws IOException {
    Path targets = folder.resolve("targets.tsv");
    Files.write(targets, guests.stream().map(guest -> line(guest, secret)).toList());
    List<String> arguments = new ArrayList<>(List.of("-d", folder.toString()));
    try (Stream<Path> files = Files.list(Path.of("bench"))) {
      files.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(arguments::add);
    }
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    if (status != 0) {
      throw new IllegalStateException("bench/*.java do not compile");
    }
    return new BenchProgram(folder, targets);
  }

  /** Starts one against a port of this host; {@link #report} waits for its end. */
  Process start(String name, int server, Map<String, Object> options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-cp", classes.toString(), name, name));
    command.addAll(List.of("--server", "127.0.0.1:" + server, "--targets", targets.toString()));
    options.forEach((option, value) -> command.addAll(List.of("--" + option, value.toString())));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** What it prints at its end. */
  static JsonNode report(Process program) throws IOException {
    String told =
        new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (!told.startsWith("{")) {
      throw new IllegalStateException("no report: " + told);
    }
    return JSON.readTree(told);
  }

  private static String line(ConformanceRecording.Guest guest, String secret) {
    return String.join(
        "\t",
        guest.instance(),
        ConformanceReplay.signature(secret, guest.instance()),
        guest.address().orElse("10.0.0.1"),
        guest.tenant());
  }
}
