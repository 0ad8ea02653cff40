// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What Python makes of a text ({@code src/test/fuzz/oracle.py}), asked in one process for as long
 * as the tests run. It knows nothing where there is no Python, or not what it takes.
 */
public final class PythonOracle {
  /** The one whose packages Debian brings, before any other. */
  private static final String PYTHON =
      Files.isExecutable(Path.of("/usr/bin/python3")) ? "/usr/bin/python3" : "python3";

  private static final Optional<Process> PROCESS = start();

  private PythonOracle() {}

  /**
   * An answer.
   *
   * @param text what Python makes of the text; empty where it refuses it
   */
  public record Answer(Optional<String> text) {}

  /**
   * Asks.
   *
   * @param judge one of the script's judges
   * @param text a text without half a surrogate pair
   * @return the answer; empty when there is nobody to ask
   */
  public static synchronized Optional<Answer> ask(String judge, String text) {
    return PROCESS.map(python -> ask(python, judge, text)).flatMap(PythonOracle::answer);
  }

  private static String ask(Process python, String judge, String text) {
    try {
      BufferedWriter questions = python.outputWriter(StandardCharsets.US_ASCII);
      BufferedReader answers = python.inputReader(StandardCharsets.US_ASCII);
      questions.write(
          judge + " " + HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)));
      questions.newLine();
      questions.flush();
      return Optional.ofNullable(answers.readLine())
          .orElseThrow(() -> new IllegalStateException("Python ended at " + judge + " " + text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Answer> answer(String line) {
    return switch (line) {
      case "?" -> Optional.empty();
      case "!" -> Optional.of(new Answer(Optional.empty()));
      default ->
          Optional.of(
              new Answer(
                  Optional.of(new String(HexFormat.of().parseHex(line), StandardCharsets.UTF_8))));
    };
  }

  private static Optional<Process> start() {
    try {
      return Optional.of(
          new ProcessBuilder(PYTHON, "src/test/fuzz/oracle.py")
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
