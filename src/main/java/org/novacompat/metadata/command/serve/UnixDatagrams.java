// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.serve;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.newsclub.net.unix.AFUNIXDatagramChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/**
 * Sends datagrams to a unix socket of another process, which the JDK cannot. The only class that
 * uses junixsocket, so that nothing of it is loaded unless it is needed.
 */
final class UnixDatagrams implements AutoCloseable {
  /** Where junixsocket takes its native library from, rather than unpack it to where it may. */
  private static final String LIBRARY = "org.newsclub.net.unix.library.override";

  private static final int MAX_TRIES = 20;
  private static final int MILLIS_BETWEEN_TRIES = 50;

  private final AFUNIXDatagramChannel channel;
  private final AFUNIXSocketAddress address;

  private UnixDatagrams(AFUNIXDatagramChannel channel, AFUNIXSocketAddress address) {
    this.channel = channel;
    this.address = address;
  }

  /**
   * Opens one.
   *
   * @param address the other socket's path, or {@code @} and its name in the abstract namespace
   * @param libraries the folder with a native library for each architecture
   * @return the socket
   * @throws IOException when it cannot be opened
   * @throws LinkageError when there is no library for this machine
   */
  static UnixDatagrams open(String address, Path libraries) throws IOException {
    System.setProperty(
        LIBRARY, libraries.resolve(System.getProperty("os.arch") + ".so").toString());
    byte[] bytes = address.getBytes(StandardCharsets.UTF_8);
    if (address.startsWith("@")) {
      bytes[0] = 0;
    }
    AFUNIXSocketAddress other = AFUNIXSocketAddress.of(bytes);
    AFUNIXDatagramChannel channel = AFUNIXDatagramChannel.open();
    channel.configureBlocking(false);
    return new UnixDatagrams(channel, other);
  }

  /**
   * Sends a datagram; waits for a second if the other side has to make room first.
   *
   * @param text what is in it
   * @throws IOException when it cannot be sent
   */
  void send(String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    for (int tries = 0; channel.send(bytes, address) == 0; tries++) {
      if (tries == MAX_TRIES) {
        throw new IOException("it does not read what it is sent");
      }
      pause();
    }
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(MILLIS_BETWEEN_TRIES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
