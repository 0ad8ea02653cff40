// SPDX-License-Identifier: Apache-2.0
/**
 * Which release nova is of, as its databases tell it.
 *
 * <p>Used by {@code application} and {@code nova.instances}.
 */
package org.novacompat.metadata.nova.release;
