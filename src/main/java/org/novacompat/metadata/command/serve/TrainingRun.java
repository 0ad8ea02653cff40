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
import java.util.UUID;
import java.util.logging.Logger;
import org.novacompat.metadata.command.CommandException;
import org.novacompat.metadata.command.ConfigurationOptions;
import org.novacompat.metadata.config.Catalogue;
import org.novacompat.metadata.config.NovaConf;
import org.novacompat.metadata.config.oslo.Arguments;
import org.novacompat.metadata.config.oslo.InvalidConfigurationException;
import org.novacompat.metadata.config.oslo.OptionName;
import picocli.CommandLine.ExitCode;

/**
 * Starts and ends the service for {@code --prepare}, so that the JVM loads the classes of a start
 * and archives them when it ends (class data sharing; {@code bin/nova-api-metadata}). Guests are
 * not served: it listens on a free port of the loopback interface and demands signatures with a
 * secret of its own. Where nova.conf names a nova database, the newest instances are read from it
 * as at any start; else the classes by which they are read are not archived.
 */
final class TrainingRun {
  static final String OPTION = "--prepare";

  /** The exit status that tells {@code bin/nova-api-metadata} that no instance was read. */
  static final int WITHOUT_INSTANCE = 4;

  private static final Duration MAX_FIRST_LOAD = Duration.ofSeconds(20);

  private static final Logger LOG = Logger.getLogger("org.novacompat.metadata");

  /** Services that refuse connections: nothing listens on port 1. */
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
  private final ConfigurationOptions configuration;

  /**
   * Prepares a run.
   *
   * @param installation what to start
   * @param configuration where nova.conf is, if there is one
   */
  TrainingRun(Installation installation, ConfigurationOptions configuration) {
    this.installation = installation;
    this.configuration = configuration;
  }

  /**
   * Starts and ends the service; the JVM is to end afterwards.
   *
   * @param console gets a sentence that says what was trained
   * @return the exit status: 0 or {@link #WITHOUT_INSTANCE}
   * @throws CommandException when another run is under way, or the service does not start
   * @throws InvalidConfigurationException when the nova.conf that was named cannot be used
   * @throws IOException when nothing can be written
   */
  int run(PrintStream console) throws IOException {
    silenceLog();
    requireSignatures();
    Optional<NovaConf> nova = nova();
    NovaConf any = nova.orElseGet(() -> NovaConf.load(List.of(), List.of(), Map.of()));
    try (StateFolder state = installation.state("training", any.get(Catalogue.DEFAULT.statePath))) {
      Path noNova = state.path().resolve("no-nova.conf");
      serve(
          state.path(),
          nova.isPresent() ? nova.get() : configuration.read(Files.writeString(noNova, NO_NOVA)));
    }
    if (WarmUpRequests.instance().isPresent()) {
      console.println("Prepared: the classes of a start and of reading an instance");
      return ExitCode.OK;
    }
    console.println("Prepared: the classes of a start, without those of reading an instance");
    return WITHOUT_INSTANCE;
  }

  private void requireSignatures() {
    set(Catalogue.NEUTRON.serviceMetadataProxy.fullName(), "true");
    set(Catalogue.NEUTRON.metadataProxySharedSecret.fullName(), UUID.randomUUID().toString());
  }

  private void set(OptionName option, String value) {
    configuration.set(new Arguments.Set(option, value, OPTION));
  }

  /**
   * The configuration, if it names a database. A nova.conf that is found by default may be
   * unusable.
   */
  private Optional<NovaConf> nova() {
    try {
      NovaConf conf = configuration.read();
      if (conf.get(Catalogue.DATABASE.connection).isPresent()) {
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

  /** Leaves nova.conf's addresses and endpoints to the service that is in use. */
  private void serve(Path state, NovaConf conf) throws IOException {
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
      WarmUpRequests requests = new WarmUpRequests(address, conf);
      requests.askNeutron();
      requests.ask();
    }
  }

  /** On a busy machine it may take longer than a start waits for it. */
  private static void awaitFirstLoad() {
    long end = System.nanoTime() + MAX_FIRST_LOAD.toNanos();
    try {
      while (!WarmUpRequests.isLoadOver() && System.nanoTime() < end) {
        Thread.sleep(50);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A database that does not answer is expected here. */
  private static void silenceLog() throws IOException {
    LOG.addHandler(new OsloLog(new PrintStream(PrintStream.nullOutputStream()), Optional.empty()));
    LOG.setUseParentHandlers(false);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
