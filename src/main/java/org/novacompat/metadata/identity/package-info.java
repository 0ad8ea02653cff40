// SPDX-License-Identifier: Apache-2.0
/**
 * Who asks: one strategy for each way that nova knows a guest, each ending in an instance's UUID or
 * a refusal.
 *
 * <p>Depends on the model and the configuration; only {@code http} enters.
 */
package org.novacompat.metadata.identity;
