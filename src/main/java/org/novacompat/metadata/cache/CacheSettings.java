// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.cache;

import java.time.Duration;

/**
 * How instances are cached.
 *
 * @param expiry how long a loaded instance is believed; with zero only requests at the same time
 *     share a load, and nothing is kept
 * @param serveStale for how much longer it is served while the store cannot be asked
 * @param maxBytes the most memory that instances may take, as it is estimated
 */
public record CacheSettings(Duration expiry, Duration serveStale, long maxBytes) {}
