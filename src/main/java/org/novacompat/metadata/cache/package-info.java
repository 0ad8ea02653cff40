// SPDX-License-Identifier: Apache-2.0
/**
 * What is kept in memory: {@link org.novacompat.metadata.cache.InstanceCache}, the instances with
 * their documents, and {@link org.novacompat.metadata.cache.SingleFlightCache}, the answers of
 * remote services.
 *
 * <p>Used by the guest endpoint and by the packages that ask remote services; depends on the model,
 * the trees and Caffeine.
 */
package org.novacompat.metadata.cache;
