// SPDX-License-Identifier: Apache-2.0
/**
 * The operator's nova.conf, read through one catalogue of typed options: a class for each subject,
 * all listed in {@link org.novacompat.metadata.config.Catalogue}.
 *
 * <p>May be used by the rooms that are configured; depends on none of them.
 */
package org.novacompat.metadata.config;
