// SPDX-License-Identifier: Apache-2.0
/**
 * What is plugged into Open Liberty itself, as the user feature {@code novaCompatGuests-1.0}: an
 * OSGi bundle of its own. It may use the JDK and Liberty's SPI, and nothing else may use it.
 */
package org.novacompat.metadata.liberty;
