// SPDX-License-Identifier: Apache-2.0
/**
 * Guards Liberty's HTTP channel ({@code docs/liberty-http.md}): an OSGi bundle that is installed in
 * Open Liberty as the feature {@code novaCompatGuests-1.0}. Depends on the JDK and Liberty's
 * channel framework; used by no other package.
 */
package org.novacompat.metadata.liberty;
