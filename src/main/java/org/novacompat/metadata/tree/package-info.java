// SPDX-License-Identifier: Apache-2.0
/**
 * From the model to documents: EC2's tree and OpenStack's, each a table of path, version and
 * function.
 *
 * <p>Depends on the model alone.
 */
package org.novacompat.metadata.tree;
