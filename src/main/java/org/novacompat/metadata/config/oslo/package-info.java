// SPDX-License-Identifier: Apache-2.0
/**
 * oslo.config in Java: the file format, where files are found, the types of options, and which
 * setting of an option counts. Knows none of nova's options; depends on {@code python} only.
 */
package org.novacompat.metadata.config.oslo;
