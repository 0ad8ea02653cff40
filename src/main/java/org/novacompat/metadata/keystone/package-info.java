// SPDX-License-Identifier: Apache-2.0
/**
 * Calls to other OpenStack services: tokens from Keystone, addresses from its catalogue, and
 * answers that are bounded in time and size. A call goes on in the background when guests give up
 * waiting, is repeated where that helps, and is not made for a pause after failures in a row.
 *
 * <p>Depends on the configuration, the model, {@code cache} and {@code log}. Used only by the
 * packages that ask a service.
 */
package org.novacompat.metadata.keystone;
