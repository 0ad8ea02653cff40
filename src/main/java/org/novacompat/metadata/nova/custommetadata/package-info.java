// SPDX-License-Identifier: Apache-2.0
/**
 * What the eSurfing OpenAPI reads and writes in nova's databases: custom metadata, and the ids of
 * its requests.
 *
 * <p>Used only by {@code application}.
 */
package org.novacompat.metadata.nova.custommetadata;
