// SPDX-License-Identifier: Apache-2.0
/**
 * How other OpenStack services are asked: tokens from Keystone, the service's place in Keystone's
 * catalogue, and calls whose answers are bounded in time and size, go on in the background when a
 * guest gives up waiting, are made again where that helps, and are not made at all while nobody
 * answers.
 *
 * <p>Depends on the configuration and the model. Only rooms that ask a service enter.
 */
package org.novacompat.metadata.keystone;
