// SPDX-License-Identifier: Apache-2.0
/**
 * The guest endpoint: bytes into a path, an answer into bytes, and nothing of instances.
 *
 * <p>Asks identity who the caller is and a tree for the document. Nobody enters.
 */
package org.novacompat.metadata.http;
