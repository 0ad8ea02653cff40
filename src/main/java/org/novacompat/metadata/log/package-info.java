// SPDX-License-Identifier: Apache-2.0
/**
 * Keeps the log short and printable: limits on lines that guests or a failing dependency can cause
 * at will, and text without control characters. May be used by all packages; depends only on the
 * JDK.
 */
package org.novacompat.metadata.log;
