// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.Supplier;
import org.novacompat.metadata.instance.Instance;
import org.novacompat.metadata.instance.UserData;

/**
 * The user data as it was given, in both trees. It is the instance's own, not a copy.
 *
 * @param userData the user data
 */
record UserDataDocument(UserData userData) implements Document, Reply {
  private static final int OWN_BYTES = 16;

  /** Finds the user data of an instance; one that cannot be decoded counts as none. */
  static Optional<Supplier<Reply>> of(Instance instance) {
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

  @Override
  public Answer to(Optional<String> callerAddress) {
    return this;
  }

  @Override
  public int bytes() {
    return OWN_BYTES;
  }
}
