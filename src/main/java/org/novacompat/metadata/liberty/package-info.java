// SPDX-License-Identifier: Apache-2.0
/**
 * What is plugged into Open Liberty itself, as its feature {@code novaCompatGuests-1.0}: an OSGi
 * bundle of its own, which guards Liberty's HTTP channel ({@code docs/liberty-http.md}). It may use
 * the JDK and Liberty's channel framework, and nothing else may use it.
 */
package org.novacompat.metadata.liberty;
