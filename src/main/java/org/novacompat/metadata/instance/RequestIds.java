// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.instance;

import java.time.Duration;

/** The ids of the signed calls that were made, as all nodes of one database remember them. */
@FunctionalInterface
public interface RequestIds {
  /** What is known of an id. */
  enum Sighting {
    /** It was not seen before, and is from now on. */
    FIRST,
    /** It was seen, by this node or another. */
    AGAIN,
    /** The database has no place for ids. */
    UNKNOWN
  }

  /**
   * Looks at an id.
   *
   * @param accessKey the id of the access key that signed the call
   * @param id the call's id
   * @param validFor for how long the call's date can still be the present
   * @throws StoreUnavailableException when the database cannot be asked
   */
  Sighting look(String accessKey, String id, Duration validFor) throws StoreUnavailableException;
}
