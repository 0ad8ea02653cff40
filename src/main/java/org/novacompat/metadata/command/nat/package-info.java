// SPDX-License-Identifier: Apache-2.0
/**
 * The command {@code nova-compat-nat}: the rules that bring guests of networks without a metadata
 * agent to this service, as nova-network made them ({@code nova/network/linux_net.py:
 * metadata_forward, metadata_accept, ensure_metadata_ip}).
 *
 * <p>It serves no request: it runs as root for a moment, on the host that routes for guests, which
 * need not be the host that serves them. Used by no other package; depends only on {@code command}
 * and the configuration.
 */
package org.novacompat.metadata.command.nat;
