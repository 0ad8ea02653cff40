// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova.database;

import java.util.Optional;
import org.novacompat.metadata.config.DatabaseUrl;

/**
 * What nova.conf says about nova's databases.
 *
 * @param apiDatabase {@code [api_database] connection}; without it, only {@code [database]} is
 *     asked
 * @param apiPool the pool of {@code [api_database]}
 * @param database {@code [database] connection}, which also fills the templates of {@code
 *     cell_mappings.database_connection}
 * @param pool the pool of {@code [database]}, and of every cell
 * @param localMetadataPerCell {@code [api] local_metadata_per_cell}: only {@code [database]} is
 *     asked
 */
public record NovaDatabaseSettings(
    Optional<DatabaseUrl> apiDatabase,
    PoolSettings apiPool,
    DatabaseUrl database,
    PoolSettings pool,
    boolean localMetadataPerCell) {}
