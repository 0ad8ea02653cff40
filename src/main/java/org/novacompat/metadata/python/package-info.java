// SPDX-License-Identifier: Apache-2.0
/**
 * What Python and its libraries do and Java does not: JSON, floats, base64 and IP addresses as nova
 * reads and prints them.
 *
 * <p>May be used by all packages; depends only on the JDK and Jackson.
 */
package org.novacompat.metadata.python;
