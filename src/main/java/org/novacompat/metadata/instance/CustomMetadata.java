// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.instance;

import java.util.Map;

/**
 * The custom metadata of instances, where their owners manage it. Every value is a JSON text; keys
 * come in the order in which guests see them.
 *
 * <p>A change is done whole or not at all, and two changes of one instance follow each other.
 */
public interface CustomMetadata {

  /**
   * Reads what there is.
   *
   * @param target whose
   * @return values by key
   * @throws CustomMetadataRefusedException when the target is not there for the caller
   * @throws StoreUnavailableException when the store cannot be asked now
   */
  Map<String, String> read(CustomMetadataTarget target)
      throws CustomMetadataRefusedException, StoreUnavailableException;

  /**
   * Sets some keys, whether they are there or not, and leaves the others.
   *
   * @param target whose
   * @param values JSON texts by key
   * @return all that is there now
   * @throws CustomMetadataRefusedException when the target is not there for the caller, is in a
   *     state that allows no change, or cannot hold this
   * @throws StoreUnavailableException when the store cannot be asked now
   */
  Map<String, String> merge(CustomMetadataTarget target, Map<String, String> values)
      throws CustomMetadataRefusedException, StoreUnavailableException;

  /**
   * Puts these in the place of all that is there.
   *
   * @param target whose
   * @param values JSON texts by key; none removes all
   * @return all that is there now
   * @throws CustomMetadataRefusedException as {@link #merge}
   * @throws StoreUnavailableException when the store cannot be asked now
   */
  Map<String, String> replace(CustomMetadataTarget target, Map<String, String> values)
      throws CustomMetadataRefusedException, StoreUnavailableException;
}
