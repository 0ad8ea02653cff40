// SPDX-License-Identifier: Apache-2.0
/**
 * The model: what a guest's metadata is made of, as immutable records without a framework in them,
 * and the ports by which the rest is asked for it.
 *
 * <p>Used by every package of the web application; depends only on the JDK.
 */
package org.novacompat.metadata.instance;
