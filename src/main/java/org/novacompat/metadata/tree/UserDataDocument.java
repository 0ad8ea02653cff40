// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree;

import java.util.Optional;
import java.util.function.Supplier;
import org.novacompat.metadata.instance.Instance;

/** The user data as it was given, in both trees. */
final class UserDataDocument {
  private UserDataDocument() {}

  /** Finds the user data of an instance; one that cannot be decoded counts as none. */
  static Optional<Supplier<Reply>> of(Instance instance) {
    return instance
        .userData()
        .map(userData -> () -> new FixedDocument(ContentType.TEXT, userData.bytes()));
  }
}
