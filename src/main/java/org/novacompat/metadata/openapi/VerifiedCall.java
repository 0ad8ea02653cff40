// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.openapi;

import org.novacompat.metadata.signature.AccessKey;

/**
 * A call whose signature is right.
 *
 * @param key the access key of the caller
 * @param id the call's id
 * @param body the body that was signed
 */
record VerifiedCall(AccessKey key, String id, byte[] body) {}
