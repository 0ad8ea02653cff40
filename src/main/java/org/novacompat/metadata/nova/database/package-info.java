// SPDX-License-Identifier: Apache-2.0
/**
 * Nova's databases: the cells, their connection pools and outages, and the one way in which
 * statements run, {@link NovaDatabase#on}.
 *
 * <p>Used by the other rooms of {@code nova}; {@code application} opens {@link NovaDatabase}.
 */
package org.novacompat.metadata.nova.database;
