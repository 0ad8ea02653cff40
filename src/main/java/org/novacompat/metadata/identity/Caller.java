// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.identity;

import java.util.List;
import java.util.Optional;

/** Who sends a request. */
public sealed interface Caller {
  /**
   * A guest whose instance is known.
   *
   * @param instance the instance's UUID; any text when a proxy gave it
   * @param project the project the instance must belong to; empty when the request names none
   * @param address the guest's address, shown where the instance has no fixed address of its own
   */
  record Guest(String instance, Optional<String> project, Optional<String> address)
      implements Caller {}

  /**
   * A caller whose instance cannot be known.
   *
   * @param reason why
   * @param details what the reason is about, as its description says; may quote the request
   */
  record Unidentified(Reason reason, List<String> details) implements Caller {
    Unidentified(Reason reason, String... details) {
      this(reason, List.of(details));
    }
  }

  /** Why a caller is not identified. */
  enum Reason {
    /** A header of neutron's metadata agent is missing: its name. */
    NO_AGENT_HEADER,
    /** A header of a load balancer is missing: its name. */
    NO_LOAD_BALANCER_HEADER,
    /** The agent's signature is not the shared secret's: its header, what was signed, its id. */
    INVALID_AGENT_SIGNATURE,
    /** A load balancer's signature is not: its header, what was signed, its id. */
    INVALID_LOAD_BALANCER_SIGNATURE,
    /** Neutron knows no subnet of a metadata provider: its id. */
    UNKNOWN_PROVIDER,
    /** A metadata provider's networks do not have one port: its id, the address, how many ports. */
    NO_SINGLE_PORT,
    /** Neutron did not tell the port of an address: the address, the provider's id, why. */
    NEUTRON_UNAVAILABLE,
    /** No instance has the request's address. */
    UNKNOWN_ADDRESS,
    /** Several instances have the request's address: how many, the address. */
    SHARED_ADDRESS
  }
}
