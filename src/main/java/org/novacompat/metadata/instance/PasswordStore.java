// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.instance;

/** Where a guest's password is kept. The nova database answers it. */
public interface PasswordStore {
  /** What became of a password. */
  enum Outcome {
    /** It is stored. */
    STORED,
    /** There was one before, which stays. */
    ALREADY_SET,
    /** The instance is gone. */
    NO_INSTANCE,
    /** It has characters that the database cannot hold. */
    UNSTORABLE
  }

  /**
   * Stores a password where there is none. Of several who try at the same time, one succeeds.
   *
   * @param instance the UUID of an instance that was found
   * @param password the password, at most 1,020 characters; may be empty
   * @return what became of it
   * @throws StoreUnavailableException when it cannot be stored now
   */
  Outcome store(String instance, String password) throws StoreUnavailableException;
}
