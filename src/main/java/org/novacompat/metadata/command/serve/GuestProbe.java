// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.serve;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.management.JMException;
import javax.management.ObjectName;
import org.novacompat.metadata.command.CommandException;

/** Checks that guests are answered, by a request that needs neither a guest nor a database. */
final class GuestProbe {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** How much later than its answer a request may be counted. */
  private static final Duration MAX_COUNTING = Duration.ofSeconds(10);

  /** The web application's count of answered requests ({@code http/RequestCount}). */
  private static final String REQUESTS = "org.novacompat.metadata:type=Requests";

  private static final String GUARDED = "TRACE / HTTP/1.1\r\nHost: guard\r\n\r\n";
  private static final String REFUSED = "HTTP/1.1 400 Bad Request\r\n";

  private final InetSocketAddress address;
  private long completed;

  /**
   * Prepares a probe.
   *
   * @param address where this machine reaches the guest endpoint
   */
  GuestProbe(InetSocketAddress address) {
    this.address = address;
  }

  /**
   * Asks once, after the start.
   *
   * @throws CommandException when there is no answer, or one of another process
   */
  void requireAnswer() {
    long before = completed();
    try {
      if (status(PATIENCE) != HttpURLConnection.HTTP_OK) {
        throw new CommandException("the application did not start; the lines above say why");
      }
      long end = System.nanoTime() + MAX_COUNTING.toNanos();
      while (completed() == before) {
        if (System.nanoTime() > end) {
          throw new CommandException(name() + ": another process answers there");
        }
        Thread.sleep(5);
      }
      requireGuard();
    } catch (IOException e) {
      throw new CommandException(
          "guests are not served on %s: %s; lines above may say why"
              .formatted(name(), e.getMessage()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("interrupted", e);
    }
  }

  /** The guard refuses TRACE in another way than Liberty itself. */
  private void requireGuard() throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(address, Math.toIntExact(PATIENCE.toMillis()));
      socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
      socket.getOutputStream().write(GUARDED.getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readNBytes(REFUSED.length());
      if (!REFUSED.equals(new String(answer, StandardCharsets.US_ASCII))) {
        throw new CommandException(
            "guests are not served: the feature novaCompatGuests-1.0 does not guard "
                + name()
                + " against hostile requests");
      }
    }
  }

  /**
   * Whether guests are answered. Where many wait for a slow database, the probe's request waits
   * behind them; then it suffices that others were answered since the last call.
   *
   * @param time how long the answer may take
   * @return false where no guest is answered
   */
  boolean answers(Duration time) {
    long before = completed;
    boolean answered = isAnswered(time);
    completed = completed();
    return answered || completed != before;
  }

  private boolean isAnswered(Duration time) {
    try {
      return status(time) == HttpURLConnection.HTTP_OK;
    } catch (ConnectException | SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true; // closed at once: guests have all the connections that they may have
    }
  }

  private int status(Duration time) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection)
            URI.create("http://" + name() + "/").toURL().openConnection(Proxy.NO_PROXY);
    connection.setConnectTimeout(Math.toIntExact(Math.max(1, time.toMillis())));
    connection.setReadTimeout(Math.toIntExact(Math.max(1, time.toMillis())));
    try {
      return connection.getResponseCode();
    } finally {
      connection.disconnect();
    }
  }

  private String name() {
    return ListenAddress.authority(address.getAddress().getHostAddress(), address.getPort());
  }

  /** Counts requests from zero on: the requests so far were this process's own. */
  static void resetCount() {
    try {
      ManagementFactory.getPlatformMBeanServer()
          .invoke(new ObjectName(REQUESTS), "reset", new Object[0], new String[0]);
    } catch (JMException e) {
      Logger.getLogger(GuestProbe.class.getName())
          .log(Level.FINE, "the count of requests includes those of the warm-up", e);
    }
  }

  private static long completed() {
    try {
      return (Long)
          ManagementFactory.getPlatformMBeanServer()
              .getAttribute(new ObjectName(REQUESTS), "Completed");
    } catch (JMException e) {
      return 0;
    }
  }
}
