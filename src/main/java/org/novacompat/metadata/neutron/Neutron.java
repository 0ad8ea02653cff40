// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.neutron;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.novacompat.metadata.config.Catalogue;
import org.novacompat.metadata.config.NovaConf;
import org.novacompat.metadata.instance.Ports;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.keystone.ServiceClient;
import org.novacompat.metadata.keystone.WaitTimes;
import org.novacompat.metadata.tree.SecurityGroups;

/** Neutron, as the group {@code [neutron]} of nova.conf configures it. */
public final class Neutron implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Neutron.class.getName());
  private static final String NO_INSTANCE = "00000000-0000-0000-0000-000000000000";

  private final ServiceClient client;

  private Neutron(ServiceClient client) {
    this.client = client;
  }

  /**
   * Prepares to ask; asks nothing yet.
   *
   * @param conf the configuration
   * @return Neutron; empty when nova.conf configures neither a login nor an address
   */
  public static Optional<Neutron> open(NovaConf conf) {
    return open(conf, WaitTimes.of(conf.get(Catalogue.NEUTRON.timeout)));
  }

  static Optional<Neutron> open(NovaConf conf, WaitTimes times) {
    boolean configured =
        conf.get(Catalogue.NEUTRON.authType).isPresent()
            || conf.get(Catalogue.NEUTRON.authSection).isPresent()
            || conf.get(Catalogue.NEUTRON.authUrl).isPresent()
            || conf.get(Catalogue.NEUTRON.endpointOverride).isPresent();
    if (!configured) {
      return Optional.empty();
    }
    ServiceClient client =
        new ServiceClient(
            "Neutron",
            conf,
            Catalogue.NEUTRON,
            conf.get(Catalogue.NEUTRON.httpRetries),
            NeutronApi.VERSION,
            times);
    return Optional.of(new Neutron(client));
  }

  /**
   * Asks a first question, about no instance, in the background, so that no guest waits for what
   * only the first one needs: a token, a connection, loaded classes. A failure is logged.
   */
  public void prepare() {
    client.workers().execute(this::askAboutNothing);
  }

  private void askAboutNothing() {
    try {
      new GroupNames(client).of(List.of(NO_INSTANCE));
    } catch (StoreUnavailableException e) {
      LOG.log(System.Logger.Level.DEBUG, "not prepared", e);
    }
  }

  /** Ports by address. */
  public Ports ports() {
    return new NeutronPorts(client);
  }

  /**
   * Security groups by instance.
   *
   * @param expiry how long an answer is kept; with zero not at all
   * @param serveStale for how long after that it is shown while Neutron cannot be asked
   */
  public SecurityGroups securityGroups(Duration expiry, Duration serveStale) {
    return new NeutronSecurityGroups(client, expiry, serveStale, System::nanoTime);
  }

  @Override
  public void close() {
    client.close();
  }
}
