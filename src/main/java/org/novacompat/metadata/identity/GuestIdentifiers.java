// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.identity;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.novacompat.metadata.config.Catalogue;
import org.novacompat.metadata.config.NovaConf;
import org.novacompat.metadata.instance.AddressBook;
import org.novacompat.metadata.instance.Ports;
import org.novacompat.metadata.signature.SharedSecret;

/**
 * Chooses how guests are identified, as nova.conf says.
 *
 * @param conf nova's configuration
 * @param neutron Neutron's ports; empty where nova.conf does not say how to ask Neutron
 * @param novaBook looks addresses up in the nova database, where guests are known by their address
 *     and Neutron cannot be asked
 * @param clientAddress chooses how the address is found that a request comes from
 */
public record GuestIdentifiers(
    NovaConf conf,
    Optional<Ports> neutron,
    Supplier<AddressBook> novaBook,
    Supplier<ClientAddressResolver> clientAddress) {
  private static final System.Logger LOG = System.getLogger(GuestIdentifiers.class.getName());

  /** Chooses. */
  public GuestIdentifier identifier() {
    return conf.get(Catalogue.NEUTRON.serviceMetadataProxy) ? byProxy() : byAddress();
  }

  private GuestIdentifier byProxy() {
    String secret = conf.get(Catalogue.NEUTRON.metadataProxySharedSecret);
    if (secret.isEmpty()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "[neutron] metadata_proxy_shared_secret is not configured, the metadata information"
              + " returned by the proxy cannot be trusted");
    }
    Optional<SharedSecret> configured =
        secret.isEmpty() ? Optional.empty() : Optional.of(new SharedSecret(secret));
    return new MetadataProxy(
        new LoadBalancer(configured, neutron, expiry()), new SignedProxy(new SharedSecret(secret)));
  }

  private GuestIdentifier byAddress() {
    RemoteAddress.Book book =
        neutron
            .<RemoteAddress.Book>map(ports -> new PortAddressBook(ports, expiry()))
            .orElseGet(
                () ->
                    new InstanceAddressBook(
                        novaBook.get(),
                        expiry(),
                        conf.get(Catalogue.NOVA_COMPAT.serveStaleSeconds)));
    return new RemoteAddress(clientAddress.get(), book);
  }

  private Duration expiry() {
    return conf.get(Catalogue.API.metadataCacheExpiration);
  }
}
