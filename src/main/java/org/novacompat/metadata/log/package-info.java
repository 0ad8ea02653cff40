// SPDX-License-Identifier: Apache-2.0
/**
 * What the log must be spared: too many lines, and characters that are none to print. Used by every
 * other package; depends on nothing but the JDK.
 */
package org.novacompat.metadata.log;
