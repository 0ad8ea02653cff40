// SPDX-License-Identifier: Apache-2.0
/**
 * The command {@code nova-api-metadata}: reads nova's command line and nova.conf, starts Open
 * Liberty in the same JVM and stays in the foreground. Not part of the WAR.
 */
package org.novacompat.metadata.command.serve;
