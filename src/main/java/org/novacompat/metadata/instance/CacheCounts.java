// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.instance;

import java.time.Instant;
import java.util.Optional;

/**
 * What became of the questions to an {@link InstanceDirectory} since it was made, and what it
 * keeps. Every question is a hit or a miss.
 *
 * @param hits questions that were answered from memory, in time
 * @param misses questions that were not, whatever came of them
 * @param staleAnswers those misses that were answered from memory nevertheless, past the expiry,
 *     because the store could not be asked
 * @param loads how often the store was asked
 * @param loadFailures how often the store did not answer
 * @param refreshes how many of the loads were made in the background
 * @param evictions how many instances were dropped for want of room
 * @param instances how many instances are kept
 * @param bytes the memory that they take, estimated
 * @param mostBytes the most that they may take
 * @param failingSince since when the store does not answer for some or all instances; empty when it
 *     does
 */
public record CacheCounts(
    long hits,
    long misses,
    long staleAnswers,
    long loads,
    long loadFailures,
    long refreshes,
    long evictions,
    long instances,
    long bytes,
    long mostBytes,
    Optional<Instant> failingSince) {}
