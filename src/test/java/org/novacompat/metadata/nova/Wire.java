// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A wire to a server on this host, by a port of its own. A firewall that drops everything can be
 * put in its way: what is sent is then kept back, and new connections get no answer. It can also be
 * slow, and break.
 */
public final class Wire implements Closeable {
  /** What a server says until a connection is made. */
  private static final int HANDSHAKE = 3;

  private final int to;
  private final ServerSocket listener;
  private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
  private boolean blocked;
  private volatile Duration delay = Duration.ZERO;
  private volatile Duration handshakeDelay = Duration.ZERO;
  private volatile int cut = Integer.MAX_VALUE;

  private Wire(int to, ServerSocket listener) {
    this.to = to;
    this.listener = listener;
  }

  public static Wire to(int port) throws IOException {
    Wire wire = new Wire(port, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    wire.run(wire::accept);
    return wire;
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** How many connections are open. */
  public int connections() {
    return ends.size() / 2;
  }

  public synchronized void block() {
    blocked = true;
  }

  public synchronized void unblock() {
    blocked = false;
    notifyAll();
  }

  /** From now on whatever is sent, in either direction, takes this long. */
  public void delay(Duration time) {
    delay = time;
  }

  /** From now on the server's first words on each connection take this long, one by one. */
  public void delayHandshakes(Duration time) {
    handshakeDelay = time;
  }

  /** From now on an answer that is longer than so many bytes ends in a reset. */
  public void cutAnswers(int bytes) {
    cut = bytes;
  }

  private synchronized void pass() throws InterruptedException {
    while (blocked) {
      wait();
    }
  }

  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  private void run(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException | InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "wire");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() throws IOException, InterruptedException {
    while (true) {
      Socket near = listener.accept();
      ends.add(near);
      pass();
      Socket far = new Socket(InetAddress.getLoopbackAddress(), to);
      ends.add(far);
      run(() -> forward(near, far));
      run(() -> answer(far, near));
    }
  }

  private void answer(Socket from, Socket into) throws IOException, InterruptedException {
    byte[] buffer = new byte[16 << 10];
    int words = 0;
    InputStream in = from.getInputStream();
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      pass();
      words++;
      Thread.sleep(delay.plus(words > HANDSHAKE ? Duration.ZERO : handshakeDelay).toMillis());
      into.getOutputStream().write(buffer, 0, Math.min(n, cut));
      if (n > cut) {
        into.setSoLinger(true, 0);
        break;
      }
    }
    end(from, into);
  }

  private void forward(Socket from, Socket into) throws IOException, InterruptedException {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = into.getOutputStream();
      byte[] buffer = new byte[16 << 10];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        pass();
        Thread.sleep(delay.toMillis());
        out.write(buffer, 0, n);
      }
    } finally {
      end(from, into);
    }
  }

  private void end(Socket from, Socket into) throws IOException, InterruptedException {
    pass();
    for (Socket end : new Socket[] {into, from}) {
      ends.remove(end);
      end.close();
    }
  }

  @Override
  public void close() throws IOException {
    unblock();
    listener.close();
    for (Socket end : ends) {
      end.close();
    }
  }
}
