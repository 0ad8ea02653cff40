// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.nat;

/** Which back end the operator wants. */
enum BackendChoice {
  /** The rules are in the tables of iptables. */
  IPTABLES,
  /** The rules are in a table of nftables. */
  NFTABLES,
  /**
   * The one that holds rules of ours; else iptables where it is installed, because there a rule can
   * let guests past the host's filter; else nftables.
   */
  AUTO
}
