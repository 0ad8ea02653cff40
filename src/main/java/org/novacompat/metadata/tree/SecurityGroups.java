// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree;

import java.util.List;
import org.novacompat.metadata.instance.Instance;
import org.novacompat.metadata.instance.StoreUnavailableException;

/**
 * Which security groups an instance is in. Asked at every request for the one path that shows them,
 * and for no other.
 */
@FunctionalInterface
public interface SecurityGroups {
  /**
   * Names the groups.
   *
   * @param instance the instance
   * @return the groups' names, in the order to show
   * @throws StoreUnavailableException when they cannot be known now
   */
  List<String> namesOf(Instance instance) throws StoreUnavailableException;
}
