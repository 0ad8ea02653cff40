// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.serve;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.novacompat.metadata.command.CommandException;

/**
 * Checks that an endpoint with TLS is open, by a handshake in which it shows its certificate.
 *
 * @param endpoint the endpoint
 * @param keys its certificate
 */
record TlsProbe(TlsEndpoint endpoint, ServerKeys keys) {
  /** Liberty opens such endpoints in parallel with its start. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final int MILLIS_BETWEEN_TRIES = 50;

  /**
   * Connects, again and again as long as nothing listens there.
   *
   * @throws CommandException when it is not open in time, or shows another certificate
   */
  void requireAnswer() {
    ListenAddress address = endpoint.address();
    long end = System.nanoTime() + PATIENCE.toNanos();
    try {
      SSLSocketFactory sockets = keys.trustedAlone().getSocketFactory();
      while (true) {
        try {
          handshake(sockets, address);
          return;
        } catch (ConnectException | SocketTimeoutException e) {
          if (System.nanoTime() > end) {
            throw e;
          }
          Thread.sleep(MILLIS_BETWEEN_TRIES);
        }
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new CommandException(
          "%s is not served on %s: %s; lines above may say why"
              .formatted(endpoint.serves(), address, e.getMessage()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("interrupted", e);
    }
  }

  private static void handshake(SSLSocketFactory sockets, ListenAddress address)
      throws IOException {
    try (SSLSocket socket = (SSLSocket) sockets.createSocket()) {
      socket.connect(address.reachable(), Math.toIntExact(PATIENCE.toMillis()));
      socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
      socket.startHandshake();
    }
  }
}
