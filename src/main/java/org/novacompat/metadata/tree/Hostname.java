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
public record Hostname(String domain) {
  /** Tells whether nova can name the instance: it cannot put a domain after NULL. */
  public boolean isKnown(Instance instance) {
    return domain.isEmpty() || instance.hostname().isPresent();
  }

  /** Names an instance; empty when the column is NULL. */
  public Optional<String> of(Instance instance) {
    return instance.hostname().map(name -> domain.isEmpty() ? name : name + "." + domain);
  }
}
