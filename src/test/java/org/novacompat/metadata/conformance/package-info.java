// SPDX-License-Identifier: Apache-2.0
/**
 * nova's recorded answers ({@code src/test/resources/conformance}), the databases that they were
 * given from, and the comparison of a server's answers with them.
 */
package org.novacompat.metadata.conformance;
