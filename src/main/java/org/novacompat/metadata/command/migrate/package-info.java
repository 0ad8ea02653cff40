// SPDX-License-Identifier: Apache-2.0
/**
 * The command {@code nova-compat-migrate}: creates, updates and removes what this project adds to
 * the cells' database servers, from the SQL in {@code migrations/nova-compat}.
 *
 * <p>Used only by the demo; depends on {@code command}, the configuration and plain JDBC.
 */
package org.novacompat.metadata.command.migrate;
