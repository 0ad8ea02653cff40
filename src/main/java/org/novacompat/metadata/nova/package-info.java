// SPDX-License-Identifier: Apache-2.0
/**
 * The nova database: cells, their connection pools, the statements beside the records that they
 * fill, nova's serialized objects, and from all of that the model.
 *
 * <p>Depends on the model and the configuration. Nobody enters but where the application is put
 * together.
 */
package org.novacompat.metadata.nova;
