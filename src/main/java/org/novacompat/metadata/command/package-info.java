// SPDX-License-Identifier: Apache-2.0
/**
 * What all commands in {@code bin} have in common: how they are told where nova.conf is, and the
 * version they name. Only commands enter; it knows nothing but the configuration.
 */
package org.novacompat.metadata.command;
