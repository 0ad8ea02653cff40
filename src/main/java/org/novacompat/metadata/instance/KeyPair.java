// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.instance;

import java.util.Optional;

/**
 * A key pair ({@code nova/objects/keypair.py}).
 *
 * @param name its name
 * @param type {@code ssh} or {@code x509}
 * @param publicKey the public half, as the user gave it; empty for null
 */
public record KeyPair(String name, String type, Optional<String> publicKey) {}
