// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.instance;

import java.time.Duration;

/**
 * How instances are kept.
 *
 * @param expiry how long a loaded instance is believed; with zero only those who ask at the same
 *     time share a load, and nothing is kept
 * @param serveStale for how much longer it is shown while the store cannot be asked
 * @param mostBytes the most memory that instances may take, as it is estimated
 */
public record CacheSettings(Duration expiry, Duration serveStale, long mostBytes) {}
