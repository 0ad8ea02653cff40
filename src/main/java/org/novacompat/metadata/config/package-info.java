// SPDX-License-Identifier: Apache-2.0
/**
 * The operator's nova.conf: parsed as oslo.config parses it, offered as a MicroProfile
 * ConfigSource, and read through one catalogue of typed options.
 *
 * <p>Every room may ask it; it depends on no other.
 */
package org.novacompat.metadata.config;
