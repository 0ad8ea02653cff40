// SPDX-License-Identifier: Apache-2.0
/**
 * MariaDB Connector/J, told what nova.conf and a database's URL say of connections: the only room
 * that opens them.
 *
 * <p>Used by {@code nova} and {@code migrate}, beside whose libraries it is loaded; it depends on
 * the configuration alone.
 */
package org.novacompat.metadata.connector;
