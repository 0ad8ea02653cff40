// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Logger;
import org.novacompat.metadata.config.Catalogue;
import org.novacompat.metadata.config.NovaConf;

/**
 * A start and an end of the service for nobody, on a port that nobody knows, with databases and a
 * Neutron that are not there: so that the JVM sees all classes that a start loads, and leaves its
 * {@link ClassArchive} behind when it ends.
 */
final class Rehearsal {
  static final String OPTION = "--prepare";

  /** Set by the command when the JVM is to leave an archive behind. */
  private static final String PROPERTY = "nova-compat.rehearsal";

  private static final Logger LOG = Logger.getLogger("org.novacompat.metadata");

  /** Nobody listens on port 1. */
  private static final String CONFIGURATION =
      """
      # Written by nova-api-metadata --prepare
      [DEFAULT]
      metadata_listen = 127.0.0.1
      metadata_listen_port = %d
      enabled_apis = metadata
      [api_database]
      connection = mysql+pymysql://nova:nova@127.0.0.1:1/nova_api
      [database]
      connection = mysql+pymysql://nova:nova@127.0.0.1:1/nova
      [neutron]
      service_metadata_proxy = true
      metadata_proxy_shared_secret = rehearsal
      auth_type = password
      auth_url = http://127.0.0.1:1/v3
      username = nova
      password = nova
      project_name = service
      user_domain_name = Default
      project_domain_name = Default
      """;

  private final Installation installation;

  Rehearsal(Installation installation) {
    this.installation = installation;
  }

  /**
   * Goes through it; the JVM is to end afterwards.
   *
   * @throws LaunchException when the JVM would leave nothing behind, when another rehearsal is
   *     under way, or when the service does not start
   * @throws IOException when nothing can be written
   */
  void run() throws LaunchException, IOException {
    if (!Boolean.getBoolean(PROPERTY)) {
      throw new LaunchException(OPTION + " goes with no other option");
    }
    beSilent();
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), freePort());
    NovaConf defaults = NovaConf.load(List.of(), List.of(), Map.of());
    try (StateFolder state = installation.state("rehearsal", defaults.get(Catalogue.STATE_PATH))) {
      serve(state.path(), address);
    }
  }

  private void serve(Path state, InetSocketAddress address) throws LaunchException, IOException {
    Path file =
        Files.writeString(state.resolve("nova.conf"), CONFIGURATION.formatted(address.getPort()));
    System.setProperty(NovaConf.FILES_PROPERTY, file.toAbsolutePath().toString());
    try (LibertyServer server = new LibertyServer(installation, state, () -> {})) {
      server.start(LibertyServer.properties(NovaConf.fromSystemProperties()), LOG);
      Service.requireAnswer(address);
    }
  }

  /** A database that does not answer is no news here. */
  private static void beSilent() throws IOException {
    LOG.addHandler(new OsloLog(new PrintStream(PrintStream.nullOutputStream()), Optional.empty()));
    LOG.setUseParentHandlers(false);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
