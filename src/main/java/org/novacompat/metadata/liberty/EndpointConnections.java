// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.liberty;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Counts the connections of one endpoint by their address, and holds the limits that the command
 * sets as system properties. A connection counts from its first byte on: silent ones are known to
 * Liberty's TCP channel alone, which closes them after {@code inactivityTimeout} ({@code
 * docs/resilience/guests.md}).
 */
final class EndpointConnections {
  /** The property with the most connections of one address; 0 for no limit. */
  static final String MAX_CONNECTIONS = "nova-compat.max_connections_per_address";

  /** The property with the seconds in which a request must have arrived. */
  static final String REQUEST_TIME = "nova-compat.request_timeout";

  private static final String GUESTS = "defaultHttpEndpoint";
  private static final int DEFAULT_SECONDS = 30;

  private final int maxConnections;
  private final Duration requestTime;
  private final Map<GuardedLink, InetAddress> open = new ConcurrentHashMap<>();
  private final ConcurrentMap<InetAddress, Integer> counts = new ConcurrentHashMap<>();

  EndpointConnections(int maxConnections, Duration requestTime) {
    this.maxConnections = maxConnections;
    this.requestTime = requestTime;
  }

  /** Those of the endpoint with this name; only guests' connections are limited by address. */
  static EndpointConnections of(String endpoint) {
    return new EndpointConnections(
        endpoint.contains(GUESTS) ? Integer.getInteger(MAX_CONNECTIONS, 0) : 0,
        Duration.ofSeconds(Integer.getInteger(REQUEST_TIME, DEFAULT_SECONDS)));
  }

  Duration requestTime() {
    return requestTime;
  }

  /** Counts a connection; false, and not counted, where its address has the most already. */
  boolean enter(GuardedLink link, InetAddress address) {
    if (counts.merge(address, 1, Integer::sum) > maxConnections && maxConnections > 0) {
      decrement(address);
      return false;
    }
    open.put(link, address);
    return true;
  }

  /** Counts a connection no more, if it was counted. */
  void leave(GuardedLink link) {
    InetAddress address = open.remove(link);
    if (address != null) {
      decrement(address);
    }
  }

  private void decrement(InetAddress address) {
    counts.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
  }

  /** Whether a request is arriving, of which Liberty does not know yet. */
  boolean isRequestArriving() {
    return open.keySet().stream().anyMatch(GuardedLink::isRequestArriving);
  }
}
