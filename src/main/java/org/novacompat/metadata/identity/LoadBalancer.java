// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.identity;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.novacompat.metadata.cache.SingleFlightCache;
import org.novacompat.metadata.identity.Caller.Reason;
import org.novacompat.metadata.instance.Ports;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.python.Ip;
import org.novacompat.metadata.signature.SharedSecret;

/**
 * Knows a guest by the metadata provider that it came through, a load balancer that serves some
 * networks, and its address on one of them ({@code nova/api/metadata/handler.py:
 * _handle_instance_id_request_from_lb, _get_instance_id_from_lb}).
 */
public final class LoadBalancer implements GuestIdentifier {
  static final String PROVIDER = "X-Metadata-Provider";

  private static final String ADDRESSES = "X-Forwarded-For";
  private static final String SIGNATURE = "X-Metadata-Provider-Signature";

  private final Optional<SharedSecret> secret;
  private final Optional<Ports> ports;
  private final SingleFlightCache<Place, Caller> callers;

  /** A guest's address, among those that a provider's networks have. */
  private record Place(String provider, String address) {}

  /**
   * Trusts what a secret signed, or everybody.
   *
   * @param secret the secret shared with the providers; empty when there is none
   * @param ports Neutron's ports; empty when Neutron cannot be asked
   * @param expiry how long it is believed that an instance is where it was found
   */
  public LoadBalancer(Optional<SharedSecret> secret, Optional<Ports> ports, Duration expiry) {
    this.secret = secret;
    this.ports = ports;
    this.callers = new SingleFlightCache<>(expiry, Caller.Guest.class::isInstance);
  }

  @Override
  public Caller identify(GuestRequest request) throws StoreUnavailableException {
    Optional<String> addresses = request.header(ADDRESSES);
    if (addresses.isEmpty()) {
      return missing(ADDRESSES);
    }
    Optional<String> provider = request.header(PROVIDER);
    if (provider.isEmpty()) {
      return missing(PROVIDER);
    }
    if (!isTrusted(provider.get(), request)) {
      return new Caller.Unidentified(
          Reason.INVALID_LOAD_BALANCER_SIGNATURE, SIGNATURE, "provider", provider.get());
    }
    return callers.get(
        new Place(provider.get(), addresses.get().split(",", 2)[0]),
        place -> find(neutron(ports), place));
  }

  private boolean isTrusted(String provider, GuestRequest request) {
    return secret.isEmpty()
        || request
            .header(SIGNATURE)
            .filter(signature -> secret.get().isSigned(provider, signature))
            .isPresent();
  }

  private static Ports neutron(Optional<Ports> ports) throws StoreUnavailableException {
    if (ports.isEmpty()) {
      String reason = PROVIDER + " takes Neutron to answer, and [neutron] says not how to ask it";
      throw new StoreUnavailableException(reason, new IllegalStateException(reason));
    }
    return ports.get();
  }

  private static Caller find(Ports ports, Place place) throws StoreUnavailableException {
    List<String> networks = ports.networksOfProvider(place.provider);
    if (networks.isEmpty()) {
      return new Caller.Unidentified(Reason.UNKNOWN_PROVIDER, place.provider);
    }
    List<Ports.Port> found;
    try {
      found = portsAt(ports, place.address, networks);
    } catch (StoreUnavailableException e) {
      return new Caller.Unidentified(
          Reason.NEUTRON_UNAVAILABLE, place.address, place.provider, e.getMessage());
    }
    if (found.size() != 1) {
      return new Caller.Unidentified(
          Reason.NO_SINGLE_PORT, place.provider, place.address, String.valueOf(found.size()));
    }
    Ports.Port port = found.get(0);
    return new Caller.Guest(port.device(), Optional.of(port.project()), Optional.of(place.address));
  }

  /** A text that is no address has no port. */
  private static List<Ports.Port> portsAt(Ports ports, String address, List<String> networks)
      throws StoreUnavailableException {
    Optional<Ip> parsed = Ip.parsePeer(address.strip());
    return parsed.isEmpty() ? List.of() : ports.withAddress(parsed.get().toString(), networks);
  }

  private static Caller missing(String header) {
    return new Caller.Unidentified(Reason.NO_LOAD_BALANCER_HEADER, header);
  }
}
