// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.novacompat.metadata.config.Catalogue;
import org.novacompat.metadata.config.NovaConf;
import org.novacompat.metadata.identity.CallerStrategy;
import org.novacompat.metadata.identity.ForwardedFor;
import org.novacompat.metadata.identity.LoadBalancer;
import org.novacompat.metadata.identity.MetadataProxy;
import org.novacompat.metadata.identity.Origin;
import org.novacompat.metadata.identity.PortAddressBook;
import org.novacompat.metadata.identity.ProxyHeaders;
import org.novacompat.metadata.identity.RemoteAddress;
import org.novacompat.metadata.identity.SharedSecret;
import org.novacompat.metadata.identity.SignedProxy;
import org.novacompat.metadata.instance.AddressBook;
import org.novacompat.metadata.instance.Ports;

/**
 * Chooses how guests are known, as nova.conf says.
 *
 * @param conf nova's configuration
 * @param neutron Neutron's ports; empty where nova.conf does not say how to ask Neutron
 * @param novaBook opens the address book of the nova database, which is needed where guests are
 *     known by their address and Neutron cannot be asked
 */
record Callers(NovaConf conf, Optional<Ports> neutron, Supplier<AddressBook> novaBook) {
  private static final System.Logger LOG = System.getLogger(Callers.class.getName());

  CallerStrategy strategy() {
    return conf.get(Catalogue.SERVICE_METADATA_PROXY) ? byProxy() : byAddress();
  }

  private CallerStrategy byProxy() {
    String secret = conf.get(Catalogue.METADATA_PROXY_SHARED_SECRET);
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

  private CallerStrategy byAddress() {
    AddressBook book =
        neutron.<AddressBook>map(ports -> new PortAddressBook(ports, expiry())).orElseGet(novaBook);
    return new RemoteAddress(origin(), book);
  }

  private Origin origin() {
    Origin origin = Origin.connection();
    if (conf.get(Catalogue.ENABLE_PROXY_HEADERS_PARSING)) {
      warnOf("[oslo_middleware] enable_proxy_headers_parsing", "Forwarded or X-Forwarded-For");
      origin = new ProxyHeaders(origin);
    }
    if (conf.get(Catalogue.USE_FORWARDED_FOR)) {
      warnOf("[api] use_forwarded_for", "X-Forwarded-For");
      origin = new ForwardedFor(origin);
    }
    return origin;
  }

  private static void warnOf(String option, String header) {
    LOG.log(
        System.Logger.Level.WARNING,
        "{0} is on, so any guest that can reach this service directly reads the metadata, user data"
            + " and password of any other by sending {1} (OSSN-0074). It is safe only where every"
            + " request passes a proxy that sets this header itself.",
        option,
        header);
  }

  private Duration expiry() {
    return Duration.ofSeconds(conf.get(Catalogue.METADATA_CACHE_EXPIRATION));
  }
}
