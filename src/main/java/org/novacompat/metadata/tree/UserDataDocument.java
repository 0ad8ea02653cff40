// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.Supplier;
import org.novacompat.metadata.instance.Instance;
import org.novacompat.metadata.instance.UserData;

/**
 * The user data as it was given: the instance's own bytes, not a copy.
 *
 * @param userData the user data
 */
public record UserDataDocument(UserData userData) implements Document {
  /** Finds the user data of an instance. */
  public static Optional<Supplier<Node>> of(Instance instance) {
    return instance.userData().map(userData -> () -> new UserDataDocument(userData));
  }

  @Override
  public ContentType contentType() {
    return ContentType.TEXT;
  }

  @Override
  public int length() {
    return userData.length();
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    userData.writeTo(out);
  }
}
