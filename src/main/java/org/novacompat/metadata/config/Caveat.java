// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import java.util.function.Predicate;

/**
 * That some values of an option mean something to nova, and here nothing or something else.
 *
 * @param <T> the type of the option's value
 * @param told the values whose operator is told so at the start
 * @param sentence what is said of them, to follow the option's name: {@code is not heeded: …}
 */
record Caveat<T>(Predicate<T> told, String sentence) {}
