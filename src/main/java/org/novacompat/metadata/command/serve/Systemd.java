// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.serve;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Notifies systemd, or another supervisor ({@code sd_notify(3)}, {@code sd_watchdog_enabled(3)}).
 * {@code bin/nova-api-metadata} moves the supervisor's variables from the environment to system
 * properties, so that no child process can notify in this one's place. One thread sends, in order,
 * so that no other waits for a native library or for systemd. A failure is logged once and has no
 * other effect.
 */
final class Systemd {
  private static final Logger LOG = Logger.getLogger(Systemd.class.getName());

  /** {@code NOTIFY_SOCKET} */
  private static final String SOCKET_PROPERTY = "nova-compat.notify-socket";

  /** {@code WATCHDOG_USEC} */
  private static final String WATCHDOG_PROPERTY = "nova-compat.watchdog-usec";

  /** {@code WATCHDOG_PID} */
  private static final String WATCHDOG_PID_PROPERTY = "nova-compat.watchdog-pid";

  private static final Duration MAX_FAREWELL = Duration.ofSeconds(1);

  private final String socket;
  private final Path libraries;
  private final ExecutorService teller =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "systemd");
            thread.setDaemon(true);
            return thread;
          });
  private Optional<UnixDatagrams> datagrams = Optional.empty();
  private boolean warned;
  private volatile boolean isEnding;

  /**
   * Sends nothing yet.
   *
   * @param socket where to: a path, {@code @} and a name, or an empty text for nowhere
   * @param libraries what {@link UnixDatagrams} needs
   */
  Systemd(String socket, Path libraries) {
    this.socket = socket;
    this.libraries = libraries;
  }

  /** The supervisor of this process. */
  static Systemd ofThisProcess(Installation installation) {
    return new Systemd(System.getProperty(SOCKET_PROPERTY, ""), installation.nativeLibraries());
  }

  /**
   * The longest time between two {@link #ping}s after which systemd takes this process to hang.
   *
   * @return empty where it does not watch this process
   */
  static Optional<Duration> watchdog() {
    return watchdog(
        System.getProperty(WATCHDOG_PROPERTY, ""),
        System.getProperty(WATCHDOG_PID_PROPERTY, ""),
        ProcessHandle.current().pid());
  }

  static Optional<Duration> watchdog(String micros, String pid, long self) {
    boolean another = !pid.isEmpty() && !pid.equals(String.valueOf(self));
    if (another || !micros.matches("0*[1-9][0-9]{0,17}")) {
      return Optional.empty();
    }
    return Optional.of(Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(Long.parseLong(micros))));
  }

  /** Reports in a sentence what this process is doing. */
  void status(String sentence) {
    send("STATUS=" + line(sentence));
  }

  /** Reports that the service serves. */
  void ready(String sentence) {
    send("READY=1\nSTATUS=" + line(sentence));
  }

  /**
   * Reports that the service ends, and waits a second at most until that is sent. From now on a
   * failure is not logged as a warning: systemd may have ended before.
   *
   * @param sentence what the service is doing
   * @param longest how long that may take
   */
  void stopping(String sentence, Duration longest) {
    isEnding = true;
    Future<?> said =
        send(
            "STOPPING=1\nSTATUS=%s\nEXTEND_TIMEOUT_USEC=%d"
                .formatted(line(sentence), TimeUnit.NANOSECONDS.toMicros(longest.toNanos())));
    try {
      said.get(MAX_FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.log(Level.FINE, "systemd is not told of the end", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Reports that the service does not hang. */
  void ping() {
    send("WATCHDOG=1");
  }

  private static String line(String sentence) {
    return sentence.replace('\n', ' ');
  }

  private Future<?> send(String text) {
    return socket.isEmpty()
        ? CompletableFuture.completedFuture(null)
        : teller.submit(() -> sendNow(text));
  }

  private void sendNow(String text) {
    try {
      if (!socket.startsWith("/") && !socket.startsWith("@")) {
        throw new IOException("NOTIFY_SOCKET is neither a path nor an abstract name: " + socket);
      }
      if (datagrams.isEmpty()) {
        datagrams = Optional.of(UnixDatagrams.open(socket, libraries));
      }
      datagrams.get().send(text);
    } catch (IOException | RuntimeException | LinkageError e) {
      LOG.log(
          warned || isEnding ? Level.FINE : Level.WARNING,
          "systemd cannot be told how this service is: {0}",
          e.getMessage());
      warned = true;
    }
  }
}
