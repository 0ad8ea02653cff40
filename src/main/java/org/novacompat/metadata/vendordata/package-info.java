// SPDX-License-Identifier: Apache-2.0
/**
 * The vendor's documents: what the operator's vendordata providers say, made into what the trees
 * serve.
 *
 * <p>Depends on the trees, whose {@link org.novacompat.metadata.tree.VendorDocuments} it
 * implements, and on the model. Used only by {@code Application}.
 */
package org.novacompat.metadata.vendordata;
