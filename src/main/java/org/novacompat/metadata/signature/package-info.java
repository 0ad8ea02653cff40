// SPDX-License-Identifier: Apache-2.0
/**
 * Signatures with a shared secret: that of the metadata proxies, which {@code identity} checks; and
 * that of the eSurfing OpenAPI, with the file of its access keys.
 *
 * <p>Depends only on the JDK. Both ends of each signature use it: the service verifies with it, the
 * commands {@code nova-compat-metadata} and {@code nova-api-metadata} (its first requests) sign
 * with it.
 */
package org.novacompat.metadata.signature;
