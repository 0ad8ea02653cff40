// SPDX-License-Identifier: Apache-2.0
/**
 * Who sends a request: one class for each way that nova knows a guest, which finds an instance's
 * UUID or why it cannot be known.
 *
 * <p>Used by {@code http} and {@code Application}; depends on the model, the cache and the
 * configuration.
 */
package org.novacompat.metadata.identity;
