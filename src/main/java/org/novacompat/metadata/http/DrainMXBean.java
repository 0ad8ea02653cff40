// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.http;

/**
 * What may be asked of this node over JMX before it ends, as {@code
 * org.novacompat.metadata:type=Drain}: by this project's launcher when the process is told to end,
 * by an operator of another Liberty before {@code server stop}.
 */
public interface DrainMXBean {
  /**
   * Says whether a balancer looks after this node.
   *
   * @return whether somebody asked for {@code /healthcheck} within the last minute
   */
  boolean isWatched();

  /**
   * Says whether this node is about to end.
   *
   * @return whether {@link #begin} was called
   */
  boolean isDraining();

  /**
   * Sends balancers and keep-alive connections elsewhere: from now on {@code /healthcheck} is a 503
   * and every answer ends its connection. Guests are answered as before.
   */
  void begin();
}
