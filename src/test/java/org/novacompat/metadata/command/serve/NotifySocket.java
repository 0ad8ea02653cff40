// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.serve;

import java.io.IOException;
import java.net.DatagramPacket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.newsclub.net.unix.AFUNIXDatagramSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/** The end of {@code NOTIFY_SOCKET} that is systemd's. */
final class NotifySocket implements AutoCloseable {
  private static final int MAX_DATAGRAM = 4096;
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(3);

  private final String name;
  private final AFUNIXDatagramSocket socket;
  private final List<String> received = new CopyOnWriteArrayList<>();

  private NotifySocket(String name, AFUNIXSocketAddress address) throws IOException {
    this.name = name;
    this.socket = AFUNIXDatagramSocket.newInstance();
    socket.bind(address);
    Thread reader = new Thread(this::read, "notify socket");
    reader.setDaemon(true);
    reader.start();
  }

  static NotifySocket at(Path path) throws IOException {
    return new NotifySocket(path.toString(), AFUNIXSocketAddress.of(path));
  }

  static NotifySocket inAbstractNamespace(String name) throws IOException {
    return new NotifySocket("@" + name, AFUNIXSocketAddress.inAbstractNamespace(name));
  }

  /** The environment in which systemd would start a service. */
  Map<String, String> environment(Duration watchdog) {
    return Map.of(
        "JAVA_HOME",
        System.getProperty("java.home"),
        "NOTIFY_SOCKET",
        name,
        "WATCHDOG_USEC",
        String.valueOf(watchdog.toMillis() * 1000));
  }

  private void read() {
    try {
      while (true) {
        DatagramPacket packet = new DatagramPacket(new byte[MAX_DATAGRAM], MAX_DATAGRAM);
        socket.receive(packet);
        received.add(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      // closed
    }
  }

  /** What came so far. */
  List<String> received() {
    return received;
  }

  /** How often something came so far. */
  long count(String message) {
    return received.stream().filter(message::equals).count();
  }

  /** Waits for a message that begins so. */
  String await(String beginning) throws InterruptedException {
    long end = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (System.nanoTime() < end) {
      for (String message : received) {
        if (message.startsWith(beginning)) {
          return message;
        }
      }
      Thread.sleep(20);
    }
    throw new IllegalStateException("no " + beginning + " in " + received);
  }

  @Override
  public void close() {
    socket.close();
  }
}
