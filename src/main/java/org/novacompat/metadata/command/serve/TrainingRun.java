// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.serve;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Logger;
import org.novacompat.metadata.command.ConfigurationOptions;
import org.novacompat.metadata.config.Catalogue;
import org.novacompat.metadata.config.InvalidConfigurationException;
import org.novacompat.metadata.config.NovaConf;

/**
 * A start and an end of the service for nobody, on a port that nobody knows: so that the JVM sees
 * all classes that a start loads, and leaves its {@link ClassArchive} behind when it ends. Where
 * nova.conf names a nova database, the newest instance is read from it as at any start; else the
 * databases are ones that are not there, and what only reading loads is missing.
 */
final class TrainingRun {
  static final String OPTION = "--prepare";

  /** Set by the command when the JVM is to leave an archive behind: where. */
  private static final String PROPERTY = "nova-compat.rehearsal";

  private static final Duration LONGEST_FIRST_LOAD = Duration.ofSeconds(20);

  private static final Logger LOG = Logger.getLogger("org.novacompat.metadata");

  /** Nobody listens on port 1. */
  private static final String NO_NOVA =
      """
      # Written by nova-api-metadata --prepare
      [api_database]
      connection = mysql+pymysql://nova:nova@127.0.0.1:1/nova_api
      [database]
      connection = mysql+pymysql://nova:nova@127.0.0.1:1/nova
      [neutron]
      auth_type = password
      auth_url = http://127.0.0.1:1/v3
      username = nova
      password = nova
      project_name = service
      user_domain_name = Default
      project_domain_name = Default
      """;

  private final Installation installation;

  TrainingRun(Installation installation) {
    this.installation = installation;
  }

  /**
   * Goes through it; the JVM is to end afterwards.
   *
   * @param configuration where nova.conf is, if there is one
   * @throws LaunchException when the JVM would leave nothing behind, when another rehearsal is
   *     under way, or when the service does not start
   * @throws InvalidConfigurationException when the nova.conf that was named cannot be used
   * @throws IOException when nothing can be written
   */
  void run(ConfigurationOptions configuration) throws LaunchException, IOException {
    String made = System.getProperty(PROPERTY, "");
    if (made.isEmpty()) {
      throw new LaunchException(OPTION + " is for the command bin/nova-api-metadata");
    }
    beSilent();
    Optional<NovaConf> nova = nova(configuration);
    NovaConf any = nova.orElseGet(() -> NovaConf.load(List.of(), List.of(), Map.of()));
    try (StateFolder state = installation.state("rehearsal", any.get(Catalogue.STATE_PATH))) {
      if (nova.isPresent()) {
        serve(state.path(), nova.get());
      } else {
        Path file = Files.writeString(state.path().resolve("no-nova.conf"), NO_NOVA);
        serve(state.path(), configuration.read(file));
      }
    }
    ClassArchive.say(Path.of(made), !WarmUpRequests.shown().orElse("").isEmpty());
  }

  /**
   * The configuration, if it names a database. A nova.conf that is just found need not be usable.
   */
  private static Optional<NovaConf> nova(ConfigurationOptions configuration)
      throws LaunchException {
    try {
      NovaConf conf = configuration.read();
      if (conf.get(Catalogue.DATABASE_CONNECTION).isPresent()) {
        return Optional.of(conf);
      }
      if (configuration.isGiven()) {
        throw ServiceProcess.noDatabase();
      }
    } catch (InvalidConfigurationException e) {
      if (configuration.isGiven()) {
        throw e;
      }
    }
    return Optional.empty();
  }

  /** What the configuration says of addresses and endpoints is another process's. */
  private void serve(Path state, NovaConf conf) throws LaunchException, IOException {
    ServiceProcess.warn(conf);
    InetSocketAddress address = new InetSocketAddress("127.0.0.1", freePort());
    Map<String, String> properties = LibertyServer.properties(conf);
    properties.put(LibertyServer.HOST, address.getHostString());
    properties.put(LibertyServer.PORT, String.valueOf(address.getPort()));
    try (LibertyServer server = new LibertyServer(installation, state, LOG, () -> {})) {
      server.start(properties);
      new GuestProbe(address).requireAnswer();
      server.confirmStart();
      awaitFirstLoad();
      WarmUpRequests guest = new WarmUpRequests(address, conf);
      guest.askNeutron();
      guest.ask();
    }
  }

  /** At the lowest priority it may take longer than a start waits for it. */
  private static void awaitFirstLoad() {
    long end = System.nanoTime() + LONGEST_FIRST_LOAD.toNanos();
    try {
      while (WarmUpRequests.shown().isEmpty() && System.nanoTime() < end) {
        Thread.sleep(50);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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
