// SPDX-License-Identifier: Apache-2.0
/**
 * The command {@code nova-compat-metadata}: custom metadata of instances, managed by humans and
 * scripts over the eSurfing OpenAPI.
 *
 * <p>A client like any other: it knows how calls are signed and nothing of the server. Used by no
 * other package.
 */
package org.novacompat.metadata.command.client;
