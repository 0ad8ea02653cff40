// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.liberty;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * How many connections of one address are served at a time, and for how long one may send a
 * request. The launcher says so by properties of the system.
 */
final class Peers {
  /** The property with the connections of one address; 0 where they are not limited. */
  static final String MAX_CONNECTIONS = "nova-compat.max_connections_per_address";

  /** The property with the seconds that a request may take to arrive. */
  static final String REQUEST_TIME = "nova-compat.request_timeout";

  private static final String GUESTS = "defaultHttpEndpoint";
  private static final int DEFAULT_SECONDS = 30;

  private final int maxConnections;
  private final Duration requestTime;
  private final Set<GuardedLink> open = ConcurrentHashMap.newKeySet();
  private final ConcurrentMap<InetAddress, Integer> connections = new ConcurrentHashMap<>();

  Peers(int maxConnections, Duration requestTime) {
    this.maxConnections = maxConnections;
    this.requestTime = requestTime;
  }

  /** As the launcher says; only guests' connections are limited by address. */
  static Peers of(String endpoint) {
    return new Peers(
        endpoint.contains(GUESTS) ? Integer.getInteger(MAX_CONNECTIONS, 0) : 0,
        Duration.ofSeconds(Integer.getInteger(REQUEST_TIME, DEFAULT_SECONDS)));
  }

  Duration requestTime() {
    return requestTime;
  }

  /** Counts a connection; false, and not counted, where its address has enough. */
  boolean enter(InetAddress address) {
    if (maxConnections > 0 && connections.merge(address, 1, Integer::sum) > maxConnections) {
      leave(address);
      return false;
    }
    return true;
  }

  /** Notes a connection. */
  void opened(GuardedLink link) {
    open.add(link);
  }

  /** Forgets a connection. */
  void closed(GuardedLink link) {
    open.remove(link);
  }

  /** Tells whether a request is on its way, which Liberty knows nothing of yet. */
  boolean isAwaiting() {
    return open.stream().anyMatch(GuardedLink::isAwaiting);
  }

  /** Counts a connection no more. */
  void leave(InetAddress address) {
    if (maxConnections > 0) {
      connections.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
    }
  }
}
