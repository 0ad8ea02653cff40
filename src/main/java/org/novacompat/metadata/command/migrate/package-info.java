// SPDX-License-Identifier: Apache-2.0
/**
 * The command {@code nova-compat-migrate}: brings what this project adds to the cells' database
 * servers into being, up to date, and away again, from the SQL in {@code migrations/nova-compat}.
 *
 * <p>Only the launcher's demo enters; it depends on the configuration and plain JDBC.
 */
package org.novacompat.metadata.command.migrate;
