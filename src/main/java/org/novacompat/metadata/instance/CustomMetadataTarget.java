// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.instance;

import java.util.Optional;
import java.util.Set;

/**
 * Whose custom metadata a caller means, and what the caller may touch.
 *
 * @param instance the instance's UUID; any text, but another spelling than nova's means no instance
 * @param projects the projects that the caller may act for
 * @param availabilityZone the zone that the instance must be in; empty for any
 */
public record CustomMetadataTarget(
    String instance, Set<String> projects, Optional<String> availabilityZone) {}
