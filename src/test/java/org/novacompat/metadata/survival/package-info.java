// SPDX-License-Identifier: Apache-2.0
/** The built server while databases, peers, nodes or the machine fail, and under load. */
package org.novacompat.metadata.survival;
