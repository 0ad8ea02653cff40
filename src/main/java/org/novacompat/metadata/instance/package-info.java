// SPDX-License-Identifier: Apache-2.0
/**
 * The model: what a guest's metadata is made of, as immutable records without a framework in them,
 * and the {@link org.novacompat.metadata.instance.InstanceDirectory} that finds an instance.
 *
 * <p>Everyone may enter; this room itself depends on nothing but the JDK and the cache library.
 */
package org.novacompat.metadata.instance;
