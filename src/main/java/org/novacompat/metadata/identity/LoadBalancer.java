// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.identity;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.novacompat.metadata.instance.Ports;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.log.RateLimitedLog;
import org.novacompat.metadata.python.Ip;

/**
 * Knows a guest by the metadata provider that it came through, a load balancer that serves some
 * networks, and its address on one of them ({@code nova/api/metadata/handler.py:
 * _handle_instance_id_request_from_lb, _get_instance_id_from_lb}).
 */
public final class LoadBalancer implements CallerStrategy {
  static final String PROVIDER = "X-Metadata-Provider";

  private static final RateLimitedLog LIMITED_LOG =
      new RateLimitedLog(System.getLogger(LoadBalancer.class.getName()));
  private static final String ADDRESSES = "X-Forwarded-For";
  private static final String SIGNATURE = "X-Metadata-Provider-Signature";
  private static final String UNKNOWN =
      "An unknown error has occurred. Please try your request again.";

  private final Optional<SharedSecret> secret;
  private final Remembered<Place, Caller> callers;

  /** Why a load balancer's request is refused. */
  private enum Reason {
    SIGNATURE,
    NEUTRON_AWAY,
    NO_NETWORK,
    NO_SINGLE_PORT
  }

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
    this.callers =
        new Remembered<>(
            place -> find(neutron(ports), place), expiry, Caller.Guest.class::isInstance);
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
      LIMITED_LOG.log(
          Reason.SIGNATURE,
          System.Logger.Level.WARNING,
          () ->
              "%s does not match for provider %s, from %s"
                  .formatted(
                      SIGNATURE,
                      Quoted.inLog(provider.get()),
                      Quoted.inLog(request.remoteAddress())));
      return new Caller.Refused(403, "Invalid proxy request signature.");
    }
    return callers.get(new Place(provider.get(), addresses.get().split(",", 2)[0]));
  }

  private boolean isTrusted(String provider, GuestRequest request) {
    return secret.isEmpty()
        || request
            .header(SIGNATURE)
            .filter(signature -> secret.get().signed(provider, signature))
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
      return refused(
          Reason.NO_NETWORK, "Could not find any subnets for provider %s", place.provider);
    }
    List<Ports.Port> found;
    try {
      found = portsAt(ports, place.address, networks);
    } catch (StoreUnavailableException e) {
      LIMITED_LOG.log(
          Reason.NEUTRON_AWAY,
          System.Logger.Level.ERROR,
          () ->
              "cannot tell who has %s at provider %s: %s"
                  .formatted(
                      Quoted.inLog(place.address), Quoted.inLog(place.provider), e.getMessage()));
      return new Caller.Refused(400, UNKNOWN);
    }
    if (found.size() != 1) {
      return refused(
          Reason.NO_SINGLE_PORT,
          "Expected a single port matching provider %s and IP %s. Found %s.",
          place.provider,
          place.address,
          String.valueOf(found.size()));
    }
    Ports.Port port = found.get(0);
    return new Caller.Guest(port.device(), Optional.of(port.project()), Optional.of(place.address));
  }

  /** What is no address is nobody's. */
  private static List<Ports.Port> portsAt(Ports ports, String address, List<String> networks)
      throws StoreUnavailableException {
    Optional<Ip> parsed = Ip.parsePeer(address.strip());
    return parsed.isEmpty() ? List.of() : ports.withAddress(parsed.get().toString(), networks);
  }

  private static Caller refused(Reason reason, String sentence, String... sent) {
    LIMITED_LOG.log(reason, System.Logger.Level.ERROR, () -> told(sentence, sent, Quoted::inLog));
    return new Caller.Refused(400, told(sentence, sent, Quoted::toGuest));
  }

  private static String told(String sentence, String[] sent, UnaryOperator<String> quoted) {
    return sentence.formatted(Stream.of(sent).map(quoted).toArray());
  }

  private static Caller missing(String header) {
    return new Caller.Refused(400, header + " is missing from request.");
  }
}
