// SPDX-License-Identifier: Apache-2.0
/**
 * The objects that nova keeps serialized in columns, read into the model as Python reads them.
 *
 * <p>Used by {@code nova.instances} and {@code nova.custommetadata}; depends on the model and on
 * {@code python} alone.
 */
package org.novacompat.metadata.nova.objects;
