// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.openapi;

import java.time.Duration;

/**
 * The limits for callers of the OpenAPI.
 *
 * @param region the region that they must name
 * @param skew by how much their clocks may differ
 * @param maxFailuresPerMinute how many calls may be signed wrong
 * @param maxCallsAtATime how many calls are worked on at the same time, so that threads are left
 *     for guests
 */
public record OpenApiSettings(
    String region, Duration skew, int maxFailuresPerMinute, int maxCallsAtATime) {}
