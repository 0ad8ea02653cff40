// SPDX-License-Identifier: Apache-2.0
/**
 * The guest endpoint: bytes into a path, a document into bytes. HTTP's statuses, and nova's
 * sentences for them, are in no other package of the guests' road.
 *
 * <p>Used only by {@code Application}; uses identity, the cache and the trees.
 */
package org.novacompat.metadata.http;
