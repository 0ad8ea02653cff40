// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.survival;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.novacompat.metadata.fixture.RawHttp;
import org.novacompat.metadata.fixture.RunningService;

/** A real HAProxy with {@code etc-nova-compat/haproxy.cfg}, but for the addresses in it. */
final class Haproxy implements AutoCloseable {
  private static final Path SHIPPED = Path.of("etc-nova-compat/haproxy.cfg");
  private static final Pattern SERVER = Pattern.compile("(?m)^( *server (node\\d)) \\S+$");
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private final Process process;
  private final Path output;
  private final int port;

  private Haproxy(Process process, Path output, int port) {
    this.process = process;
    this.output = output;
    this.port = port;
  }

  /** What this machine lacks, in words for humans; empty when nothing. */
  static Optional<String> lack() throws InterruptedException {
    try {
      Process version =
          new ProcessBuilder("haproxy", "-v")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectErrorStream(true)
              .start();
      return version.waitFor() == 0 ? Optional.empty() : Optional.of("haproxy does not run");
    } catch (IOException e) {
      return Optional.of("there is no haproxy");
    }
  }

  /** Starts it before two nodes on this host. */
  static Haproxy start(Path folder, int firstNode, int secondNode) throws Exception {
    int port = RunningService.freePort();
    Path file =
        Files.writeString(
            folder.resolve("haproxy.cfg"),
            SERVER
                .matcher(Files.readString(SHIPPED))
                .replaceAll(node -> server(node, firstNode, secondNode))
                .replace("bind :8775", "bind 127.0.0.1:" + port));
    Path output = folder.resolve("haproxy.log");
    Process process =
        new ProcessBuilder("haproxy", "-db", "-f", file.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    Haproxy haproxy = new Haproxy(process, output, port);
    haproxy.awaitListening();
    return haproxy;
  }

  private static String server(MatchResult node, int firstNode, int secondNode) {
    return node.group(1) + " 127.0.0.1:" + (node.group(2).equals("node1") ? firstNode : secondNode);
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }

  String output() throws IOException {
    return Files.readString(output);
  }

  /** Waits until a node, {@code node1} or {@code node2}, that was down is in service again. */
  void awaitBack(String node) throws Exception {
    long end = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (!isBack(node)) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IllegalStateException(node + " does not come back:\n" + output());
      }
      Thread.sleep(20);
    }
  }

  private boolean isBack(String node) throws IOException {
    String told = output();
    int down = told.lastIndexOf("/" + node + " is DOWN");
    return down >= 0 && told.indexOf("/" + node + " is UP", down) >= 0;
  }

  private void awaitListening() throws Exception {
    long end = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (true) {
      try (RawHttp http = new RawHttp(address())) {
        http.askOnce("GET", "/healthcheck", Map.of());
        return;
      } catch (IOException e) {
        if (!process.isAlive() || System.nanoTime() > end) {
          throw new IllegalStateException("HAProxy does not start:\n" + output(), e);
        }
        Thread.sleep(20);
      }
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
