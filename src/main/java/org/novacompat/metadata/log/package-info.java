// SPDX-License-Identifier: Apache-2.0
/** How log lines are kept few. Everybody may enter. */
package org.novacompat.metadata.log;
