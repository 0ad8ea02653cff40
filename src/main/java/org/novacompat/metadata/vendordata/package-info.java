// SPDX-License-Identifier: Apache-2.0
/**
 * The vendor's documents: what the operator's vendordata providers say, made into what the trees
 * serve.
 *
 * <p>Depends on the trees, whose {@link org.novacompat.metadata.tree.VendorDocuments} it
 * implements, and on the model. Nobody enters but where the application is put together.
 */
package org.novacompat.metadata.vendordata;
