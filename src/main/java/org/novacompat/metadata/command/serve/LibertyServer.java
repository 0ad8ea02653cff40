// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.serve;

import com.ibm.wsspi.kernel.embeddable.Server;
import com.ibm.wsspi.kernel.embeddable.ServerBuilder;
import com.ibm.wsspi.kernel.embeddable.ServerEventListener.ServerEvent;
import com.ibm.wsspi.kernel.embeddable.ServerException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Logger;
import org.novacompat.metadata.command.CommandException;
import org.novacompat.metadata.config.Catalogue;
import org.novacompat.metadata.config.DerivedOptions;
import org.novacompat.metadata.config.NovaConf;

/** Runs Open Liberty in this JVM, by its embedding SPI; what it prints goes to this log. */
final class LibertyServer implements AutoCloseable {
  /** The bootstrap property with the guest endpoint's address, as Liberty writes it. */
  static final String HOST = "metadata_listen";

  /** The bootstrap property with the guest endpoint's port. */
  static final String PORT = "metadata_listen_port";

  /** For requests in flight when the server ends; Liberty's own time is 30 s. */
  static final long MAX_STOP_SECONDS = 10;

  private static final System.Logger LOG = System.getLogger(LibertyServer.class.getName());

  private final Server server;

  private final Installation installation;
  private final WorkArea workArea;

  /** What the running server's work area depends on. */
  private String origin = "";

  private final LibertyConsole console;
  private volatile boolean isConfirmed;

  /**
   * Prepares a server.
   *
   * @param installation where it is installed
   * @param state where it may write
   * @param log gets what it prints
   * @param onEnd runs when it has ended, for whatever reason
   * @throws CommandException when the installation is broken
   */
  LibertyServer(Installation installation, Path state, Logger log, Runnable onEnd) {
    this.installation = installation;
    this.workArea = WorkArea.in(state);
    this.console = new LibertyConsole(log);
    try {
      server =
          new ServerBuilder()
              .setName(Installation.SERVER)
              .setInstallDir(installation.liberty().toFile())
              .setUserDir(installation.libertyUser().toFile())
              .setOutputDir(state.toFile())
              .setLogDir(state.resolve("logs").toFile())
              .setServerEventListener(event -> tell(event, onEnd))
              .build();
    } catch (ServerException e) {
      throw new CommandException("Liberty cannot be started: " + e.getMessage(), e);
    }
  }

  /**
   * Translates nova.conf into what server.xml leaves open.
   *
   * @param conf the configuration
   * @return Liberty's bootstrap properties
   */
  static Map<String, String> properties(NovaConf conf) {
    Map<String, String> properties = new HashMap<>(TlsEndpoint.none());
    properties.put(HOST, ListenAddress.liberty(conf.get(Catalogue.DEFAULT.metadataListen)));
    properties.put(PORT, String.valueOf(conf.get(Catalogue.DEFAULT.metadataListenPort)));
    properties.put("request_threads", String.valueOf(DerivedOptions.requestThreads(conf)));
    properties.put(
        "max_connections", String.valueOf(conf.get(Catalogue.NOVA_COMPAT.maxConnections)));
    limitPeers(conf);
    if (conf.get(Catalogue.DEFAULT.debug)) {
      // Liberty decides what java.util.logging lets through
      properties.put("com.ibm.ws.logging.trace.specification", "org.novacompat.metadata.*=fine");
    }
    return properties;
  }

  /** Sets the system properties that the guard before Liberty's HTTP channel reads. */
  private static void limitPeers(NovaConf conf) {
    System.setProperty(
        "nova-compat.max_connections_per_address",
        String.valueOf(DerivedOptions.connectionsPerAddress(conf)));
    System.setProperty(
        "nova-compat.request_timeout",
        String.valueOf(conf.get(Catalogue.NOVA_COMPAT.requestTimeout).toSeconds()));
  }

  /**
   * Starts the server and waits until its applications are there.
   *
   * @param properties bootstrap properties
   * @throws CommandException when it does not start
   */
  void start(Map<String, String> properties) {
    try {
      origin = WorkArea.origin(installation, properties);
      workArea.open(origin);
    } catch (IOException e) {
      throw new CommandException("Liberty cannot be started: " + e, e);
    }
    PrintStream lines = new PrintStream(console, true, StandardCharsets.UTF_8);
    System.setOut(lines);
    System.setErr(lines);
    Server.Result result = await(server.start(properties), Long.MAX_VALUE);
    if (!result.successful()) {
      throw new CommandException(
          "Liberty did not start: " + result.getException(), result.getException());
    }
  }

  /** Marks the start as successful, so that the next one may reuse the work area. */
  void confirmStart() {
    isConfirmed = true;
  }

  /** Stops accepting connections, lets requests in flight end, and stops the server. */
  @Override
  public void close() {
    if (!server.isRunning()) {
      return;
    }
    long complaints = console.complaints();
    Server.Result result = await(server.stop(), MAX_STOP_SECONDS);
    if (!result.successful()) {
      throw new CommandException("Liberty did not stop: " + result.getException());
    }
    if (isConfirmed && console.complaints() == complaints) {
      try {
        workArea.keep(origin);
      } catch (IOException e) {
        LOG.log(System.Logger.Level.DEBUG, "the next start will take longer", e);
      }
    }
  }

  private static Server.Result await(Future<Server.Result> result, long seconds) {
    try {
      return result.get(seconds, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new CommandException(
          "requests are still in flight after " + seconds + " s: dropped", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("interrupted", e);
    } catch (ExecutionException e) {
      throw new CommandException("Liberty failed: " + e.getCause(), e);
    }
  }

  private static void tell(ServerEvent event, Runnable onEnd) {
    if (event.getType() == ServerEvent.Type.STOPPED || event.getType() == ServerEvent.Type.FAILED) {
      onEnd.run();
    }
  }
}
