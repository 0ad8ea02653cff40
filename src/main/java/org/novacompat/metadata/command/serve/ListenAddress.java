// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.serve;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.novacompat.metadata.command.CommandException;
import org.novacompat.metadata.config.oslo.OptionName;

/**
 * Names an address and a port to listen on, and the options that they come from.
 *
 * @param socket the address, resolved
 * @param options the options' names, as in {@code [DEFAULT] metadata_listen:metadata_listen_port}
 */
record ListenAddress(InetSocketAddress socket, String options) {
  /**
   * Resolves an address.
   *
   * @param host an address or a name
   * @param port the port
   * @param hostOption the option that says the host
   * @param portOption the name of the one of the same group that says the port
   * @return the address
   * @throws CommandException when there is no address of that name
   */
  static ListenAddress of(String host, int port, OptionName hostOption, String portOption) {
    InetSocketAddress socket = new InetSocketAddress(host, port);
    if (socket.isUnresolved()) {
      throw new CommandException(hostOption + ": there is no address of the name " + host);
    }
    return new ListenAddress(socket, hostOption + ":" + portOption);
  }

  int port() {
    return socket.getPort();
  }

  /** Where this machine itself reaches what listens there. */
  InetSocketAddress reachable() {
    return socket.getAddress().isAnyLocalAddress()
        ? new InetSocketAddress(InetAddress.getLoopbackAddress(), port())
        : socket;
  }

  /** As in {@code [DEFAULT] metadata_listen:metadata_listen_port 127.0.0.1:8775}. */
  @Override
  public String toString() {
    return options + " " + authority(socket.getHostString(), port());
  }

  /** How a URL names an address and a port. */
  static String authority(String host, int port) {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  /** How Liberty names an address. */
  static String liberty(String host) {
    return host.equals("0.0.0.0") || host.equals("::") ? "*" : host;
  }

  /** Fails where the port is taken; Liberty would start without it. */
  void requireFree() {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(socket);
    } catch (IOException e) {
      throw new CommandException("cannot listen on " + this + ": " + e.getMessage(), e);
    }
  }

  /** The application tells endpoints apart by their ports alone. */
  void requireOtherPortThan(ListenAddress other) {
    if (port() == other.port()) {
      throw new CommandException(
          options + " has port " + port() + ", which " + other.options + " has too");
    }
  }
}
