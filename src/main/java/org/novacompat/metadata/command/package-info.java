// SPDX-License-Identifier: Apache-2.0
/**
 * What the commands in {@code bin} share: how they find nova.conf, read their command line, report
 * failures and name their version. Used only by the commands, which are the rooms below; depends
 * only on the configuration. Not part of the WAR.
 */
package org.novacompat.metadata.command;
