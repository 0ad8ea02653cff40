// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.serve;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.novacompat.metadata.command.CommandException;
import org.novacompat.metadata.config.Catalogue;
import org.novacompat.metadata.config.DerivedOptions;
import org.novacompat.metadata.config.NovaConf;
import org.novacompat.metadata.signature.AccessKeysFile;
import org.novacompat.metadata.signature.InvalidAccessKeysException;

/**
 * Takes the service from its start to its end: checks what can be checked before Liberty starts,
 * starts it and asks it as a guest would; at a signal, informs balancers, waits for requests in
 * flight and closes everything in the opposite order.
 */
final class ServiceProcess implements AutoCloseable {
  private static final String LOGGERS = "org.novacompat.metadata";
  private static final Logger LOG = Logger.getLogger(LOGGERS);
  private static final Logger LIBERTY_LOG = Logger.getLogger(LOGGERS + ".liberty");

  /** For the end, without the times for balancers and for requests in flight. */
  private static final Duration MAX_CLOSING = Duration.ofSeconds(5);

  private final Installation installation;
  private final PrintStream console;
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.PREPARING);
  private final Systemd systemd;
  private volatile Duration drainTime = Duration.ZERO;
  private volatile DrainPeriod drain;
  private volatile Optional<Watchdog> watchdog = Optional.empty();

  private enum Stage {
    PREPARING,
    LIBERTY_STARTS,
    SERVING,
    ENDING
  }

  ServiceProcess(Installation installation, PrintStream console) {
    this.installation = installation;
    this.console = console;
    this.systemd = Systemd.ofThisProcess(installation);
    this.drain = new DrainPeriod(Duration.ZERO, LOG, systemd::status);
    Signals.onEnding(this::end);
  }

  /** Closes a part with the service, before the parts that were added earlier. */
  <T extends AutoCloseable> T add(T part) {
    synchronized (parts) {
      parts.push(part);
    }
    return part;
  }

  void start(NovaConf conf) throws IOException {
    if (DerivedOptions.database(conf, Catalogue.DATABASE).isEmpty()) {
      throw noDatabase();
    }
    DerivedOptions.database(conf, Catalogue.API_DATABASE);
    LOG.addHandler(OsloLog.open(console, conf));
    LOG.setUseParentHandlers(false);
    LOG.setLevel(conf.get(Catalogue.DEFAULT.debug) ? Level.FINE : Level.INFO);
    warn(conf);
    Descriptors.requireEnough(LOG);
    if (!conf.get(Catalogue.DEFAULT.enabledApis).contains("metadata")) {
      LOG.info("[DEFAULT] enabled_apis does not name metadata; that is for nova-api alone");
    }
    ListenAddress listen = address(conf);
    listen.requireFree();
    List<TlsEndpoint> endpoints = endpoints(conf, listen);
    StateFolder state =
        add(installation.state(stateName(listen.socket()), conf.get(Catalogue.DEFAULT.statePath)));
    Map<String, String> properties = LibertyServer.properties(conf);
    List<TlsProbe> probes = new ArrayList<>();
    for (TlsEndpoint endpoint : endpoints) {
      ServerKeys keys = ServerKeys.of(endpoint, state.path());
      properties.putAll(endpoint.properties(keys));
      probes.add(new TlsProbe(endpoint, keys));
    }
    drainTime = conf.get(Catalogue.NOVA_COMPAT.drainSeconds);
    drain = new DrainPeriod(drainTime, LOG, systemd::status);
    LibertyServer server =
        new LibertyServer(installation, state.path(), LIBERTY_LOG, ended::countDown);
    advance(Stage.PREPARING, Stage.LIBERTY_STARTS);
    systemd.status("Starting Open Liberty");
    server.start(properties);
    add(server);
    GuestProbe guests = new GuestProbe(listen.reachable());
    guests.requireAnswer();
    for (TlsProbe probe : probes) {
      probe.requireAnswer();
    }
    server.confirmStart();
    new WarmUpRequests(listen.reachable(), conf).ask();
    GuestProbe.resetCount();
    advance(Stage.LIBERTY_STARTS, Stage.SERVING);
    announce(endpoints, conf);
    watchdog = Systemd.watchdog().map(time -> new Watchdog(time, guests::answers, systemd::ping));
    watchdog.ifPresent(Watchdog::start);
  }

  private void announce(List<TlsEndpoint> endpoints, NovaConf conf) {
    endpoints.forEach(
        endpoint ->
            LOG.log(
                Level.INFO,
                "Answering {0} on {1}",
                new Object[] {endpoint.serves(), endpoint.url()}));
    String serving =
        "Serving the EC2 and OpenStack metadata APIs on http://%s/"
            .formatted(
                ListenAddress.authority(
                    conf.get(Catalogue.DEFAULT.metadataListen),
                    conf.get(Catalogue.DEFAULT.metadataListenPort)));
    LOG.info(serving);
    systemd.ready(serving);
  }

  /** Logs the configuration's warnings, which the application then does not. */
  static void warn(NovaConf conf) {
    conf.warnOnce(warning -> LOG.log(Level.WARNING, "{0}", warning));
  }

  static CommandException noDatabase() {
    return new CommandException(
        "[database] connection is not set, so there is no nova database to read: give this service"
            + " the connections of a nova-conductor, even where nova-api-metadata, which asked"
            + " nova-conductor, had none");
  }

  private static List<TlsEndpoint> endpoints(NovaConf conf, ListenAddress guests) {
    List<TlsEndpoint> endpoints = TlsEndpoint.of(conf);
    List<ListenAddress> taken = new ArrayList<>(List.of(guests));
    for (TlsEndpoint endpoint : endpoints) {
      ListenAddress address = endpoint.address();
      for (ListenAddress other : taken) {
        address.requireOtherPortThan(other);
      }
      address.requireFree();
      taken.add(address);
    }
    requireAccessKeys(conf);
    return endpoints;
  }

  /** Checks what the OpenAPI does not start without, so that the error is one line. */
  private static void requireAccessKeys(NovaConf conf) {
    Optional<Path> file = conf.get(Catalogue.ESURFING.accessKeysFile);
    if (file.isEmpty()) {
      return;
    }
    try {
      AccessKeysFile.open(file.get());
    } catch (InvalidAccessKeysException e) {
      throw new CommandException(e.getMessage(), e);
    }
    if (DerivedOptions.region(conf).isEmpty()) {
      throw new CommandException(
          "[esurfing] access_keys_file is set, so callers of the OpenAPI will name a region: set"
              + " [esurfing] region_id (or [neutron] region_name)");
    }
  }

  private static String stateName(InetSocketAddress address) {
    return (address.getHostString() + "-" + address.getPort()).replaceAll("[^0-9A-Za-z.-]", "_");
  }

  /** Waits until the process is told to end, and ends it; or until Liberty has ended by itself. */
  void await() {
    try {
      ended.await();
      if (stage.get() == Stage.ENDING) {
        drain.await();
        systemd.status("Waiting for requests in flight");
        watchdog.ifPresent(Watchdog::letEnd);
        closeParts();
        exitNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new CommandException("Liberty has ended");
  }

  @Override
  public void close() {
    closeParts();
  }

  /** At a signal: the first ends the service, a further one cuts the wait for balancers short. */
  private void end() {
    Stage last = stage.getAndSet(Stage.ENDING);
    if (last != Stage.ENDING) {
      systemd.stopping("Ending", longestEnd());
    }
    switch (last) {
      case SERVING -> ended.countDown();
      case ENDING -> drain.cutShort();
      case PREPARING -> System.exit(0);
      case LIBERTY_STARTS -> {
        closeParts();
        exitNow();
      }
    }
  }

  private Duration longestEnd() {
    return drainTime.plusSeconds(LibertyServer.MAX_STOP_SECONDS).plus(MAX_CLOSING);
  }

  /** Runs no shutdown hooks: Liberty's waits for a start or a request to end. */
  private static void exitNow() {
    LOG.log(Level.INFO, "Ended");
    Runtime.getRuntime().halt(0);
  }

  /** Where a signal came first, its thread ends the process and this one waits for that. */
  private void advance(Stage from, Stage to) {
    if (!stage.compareAndSet(from, to)) {
      try {
        Thread.currentThread().join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CommandException("interrupted", e);
      }
    }
  }

  private void closeParts() {
    synchronized (parts) {
      while (!parts.isEmpty()) {
        try {
          parts.pop().close();
        } catch (CommandException e) {
          LOG.log(Level.WARNING, "{0}", e.getMessage());
        } catch (Exception e) {
          LOG.log(Level.WARNING, "while ending", e);
        }
      }
    }
  }

  private static ListenAddress address(NovaConf conf) {
    return ListenAddress.of(
        conf.get(Catalogue.DEFAULT.metadataListen),
        conf.get(Catalogue.DEFAULT.metadataListenPort),
        Catalogue.DEFAULT.metadataListen.fullName(),
        Catalogue.DEFAULT.metadataListenPort.name());
  }
}
