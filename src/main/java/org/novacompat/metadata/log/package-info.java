// SPDX-License-Identifier: Apache-2.0
/**
 * What the log must be spared. Everyone may enter; this room itself depends on nothing but the JDK.
 */
package org.novacompat.metadata.log;
