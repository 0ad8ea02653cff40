// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.signature;

import java.util.Set;

/**
 * An access key of the eSurfing OpenAPI (in the vendor's words: AK and SK) and the projects that
 * its holder may act for.
 *
 * @param id the access key id (AK), sent with each call; not empty
 * @param secret the secret (SK) that calls are signed with, never sent; not empty
 * @param projects ids of the projects; empty at a caller, who need not know them
 */
public record AccessKey(String id, String secret, Set<String> projects) {
  /** Keeps a copy of the projects. */
  public AccessKey {
    if (id.isEmpty() || secret.isEmpty()) {
      throw new IllegalArgumentException("an access key has an id and a secret");
    }
    projects = Set.copyOf(projects);
  }

  /** Says all but the secret. */
  @Override
  public String toString() {
    return "AccessKey[id=" + id + ", projects=" + projects + "]";
  }
}
