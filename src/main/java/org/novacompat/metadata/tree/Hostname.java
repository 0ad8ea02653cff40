// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree;

import java.util.Optional;
import org.novacompat.metadata.instance.Instance;

/**
 * The host name that a guest is told: its own with the domain ({@code nova/api/metadata/base.py:
 * _get_hostname}).
 *
 * @param domain the domain; empty text for none
 */
record Hostname(String domain) {
  /** Tells whether nova can name the instance: it cannot put a domain after NULL. */
  boolean isKnown(Instance instance) {
    return domain.isEmpty() || instance.hostname().isPresent();
  }

  /** Gives the name, where the column is not NULL. */
  Optional<String> of(Instance instance) {
    return instance.hostname().map(name -> domain.isEmpty() ? name : name + "." + domain);
  }
}
