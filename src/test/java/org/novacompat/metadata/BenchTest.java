// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The benchmarks are no part of the build; at least they start, and their Java compiles. */
class BenchTest {
  private static final Path PYTHON = Path.of("/usr/bin/python3");
  private static final long LONGEST_SECONDS = 60;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "warm",
        "cold",
        "storm",
        "restart",
        "scale",
        "jmh",
        "soak",
        "hostile",
        "all",
        "record-crawls"
      })
  void everyBenchmarkTellsItsOptions(String name, @TempDir Path folder) throws Exception {
    assumeTrue(Files.isExecutable(PYTHON));
    File output = folder.resolve("output").toFile();
    Process process =
        new ProcessBuilder(PYTHON.toString(), "bench/run", name, "--help")
            .redirectErrorStream(true)
            .redirectOutput(output)
            .start();
    try {
      assertTrue(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS));
    } finally {
      process.destroyForcibly();
    }
    String told = Files.readString(output.toPath());
    assertEquals(0, process.exitValue(), told);
    assertTrue(told.contains("usage: bench/run " + name), told);
  }

  @Test
  void theProgramsOfTheBenchmarksCompile(@TempDir Path classes) throws IOException {
    List<Path> sources;
    try (Stream<Path> files = Stream.concat(Files.list(Path.of("bench")), emptyServlet())) {
      sources = files.filter(file -> file.toString().endsWith(".java")).toList();
    }
    assertEquals(7, sources.size());
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter complaints = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of(
              "-Xlint:all,-path,-processing",
              "-Werror",
              "-proc:none",
              "-d",
              classes.toString(),
              "-classpath",
              System.getProperty("java.class.path"));
      boolean compiled =
          compiler
              .getTask(
                  complaints,
                  files,
                  null,
                  options,
                  null,
                  files.getJavaFileObjectsFromPaths(sources))
              .call();
      assertTrue(compiled, complaints.toString());
    }
  }

  private static Stream<Path> emptyServlet() {
    return Stream.of(Path.of("bench/empty/EmptyServlet.java"));
  }
}
