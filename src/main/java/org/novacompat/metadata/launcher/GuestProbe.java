// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.launcher;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Whether guests are answered, found out by a request that needs neither a guest nor a database.
 */
final class GuestProbe {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** The web application's count of requests that it is done with ({@code http/RequestCount}). */
  private static final String REQUESTS = "org.novacompat.metadata:type=Requests";

  private final InetSocketAddress address;
  private long completed;

  /**
   * Asks nothing yet.
   *
   * @param address where guests are served
   */
  GuestProbe(InetSocketAddress address) {
    this.address = address;
  }

  /**
   * Asks.
   *
   * @throws LaunchException when there is no answer, or not that of a service that has started
   */
  void requireAnswer() throws LaunchException {
    try {
      if (status(PATIENCE) != HttpURLConnection.HTTP_OK) {
        throw new LaunchException("the application did not start; the lines above say why");
      }
    } catch (IOException e) {
      throw new LaunchException("no answer from the service itself: " + e.getMessage(), e);
    }
  }

  /**
   * Whether guests are answered. Where many wait for a database that is slow, a request of our own
   * waits behind them; then it counts that others were done with since this was asked before.
   *
   * @param time how long the answer may take
   * @return false where nobody is answered any more
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
    } catch (IOException e) {
      return false;
    }
  }

  private int status(Duration time) throws IOException {
    InetAddress host = address.getAddress();
    String name =
        (host.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : host).getHostAddress();
    HttpURLConnection connection =
        (HttpURLConnection)
            URI.create("http://" + ListenAddress.authority(name, address.getPort()) + "/")
                .toURL()
                .openConnection(Proxy.NO_PROXY);
    connection.setConnectTimeout(Math.toIntExact(Math.max(1, time.toMillis())));
    connection.setReadTimeout(Math.toIntExact(Math.max(1, time.toMillis())));
    try {
      return connection.getResponseCode();
    } finally {
      connection.disconnect();
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
