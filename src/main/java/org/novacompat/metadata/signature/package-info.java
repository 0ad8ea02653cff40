// SPDX-License-Identifier: Apache-2.0
/**
 * How callers of the eSurfing OpenAPI sign, and with which keys: the signature that both ends
 * compute, and the file in which operators keep the access keys.
 *
 * <p>Depends on nothing else of this project. The OpenAPI verifies with it, the command {@code
 * nova-compat-metadata} signs with it.
 */
package org.novacompat.metadata.signature;
