// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.novacompat.metadata.command.serve.EmbeddedDatabase;

/** The process of a database server of ours, to which one can do what befalls such processes. */
public final class ServerProcess {
  private static final Duration RESTART = Duration.ofSeconds(30);

  private static final Path LOG = Path.of("target", "restarted-server.log");

  private final int port;
  private final List<String> command;
  private ProcessHandle process;

  private ServerProcess(int port, ProcessHandle process, List<String> command) {
    this.port = port;
    this.process = process;
    this.command = command;
  }

  public static ServerProcess of(EmbeddedDatabase server) throws IOException {
    String port = "--port=" + server.port();
    for (ProcessHandle child : ProcessHandle.current().children().toList()) {
      Path line = Path.of("/proc", String.valueOf(child.pid()), "cmdline");
      List<String> command =
          List.of(new String(Files.readAllBytes(line), StandardCharsets.UTF_8).split("\0"));
      if (command.contains(port)) {
        List<String> again = new ArrayList<>(command);
        again.add("--skip-ssl");
        return new ServerProcess(server.port(), child, again);
      }
    }
    throw new IOException("no child of ours has " + port);
  }

  /** It keeps its sockets and says nothing more, not even one of its threads. */
  public void freeze() throws Exception {
    signal("STOP");
    while (!allThreadsHaveStopped()) {
      Thread.sleep(1);
    }
  }

  private boolean allThreadsHaveStopped() throws IOException {
    try (Stream<Path> threads = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
      for (Path thread : threads.toList()) {
        if (!Files.readString(thread.resolve("status")).contains("State:\tT")) {
          return false;
        }
      }
      return true;
    }
  }

  public void thaw() throws Exception {
    signal("CONT");
  }

  private void signal(String name) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
    if (kill.waitFor() != 0) {
      throw new IOException("kill -" + name + " failed");
    }
  }

  /** As by {@code kill -9}. */
  public void kill() throws Exception {
    process.destroyForcibly();
    process.onExit().get(10, TimeUnit.SECONDS);
  }

  /**
   * Starts it again, on the same port and data but without TLS, for which it would make itself a
   * key for many seconds, and waits until it listens. Should a client of whatever else runs here
   * have that port just now, that ends soon.
   */
  public void restart() throws Exception {
    long end = System.nanoTime() + RESTART.toNanos();
    while (!listens()) {
      if (System.nanoTime() - end > 0) {
        throw new IOException("it does not start again: see " + LOG);
      }
      if (!process.isAlive()) {
        process =
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(LOG.toFile())
                .start()
                .toHandle();
      }
      Thread.sleep(20);
    }
  }

  private boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 100);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Ends it, also where it was started again. */
  public void end() throws Exception {
    if (process.isAlive()) {
      thaw();
      process.destroy();
      process.onExit().get(30, TimeUnit.SECONDS);
    }
  }
}
