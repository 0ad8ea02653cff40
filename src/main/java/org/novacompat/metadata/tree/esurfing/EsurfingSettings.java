// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree.esurfing;

import java.util.Optional;

/**
 * What an operator decides about eSurfing Cloud's tree.
 *
 * @param regionId the region that instances are told; empty when there is none to tell
 * @param ownerAccount whose id is that of an instance's owner
 */
public record EsurfingSettings(Optional<String> regionId, OwnerAccount ownerAccount) {
  /** Whose id stands for an owner's account. */
  public enum OwnerAccount {
    /** The instance's project. */
    PROJECT,
    /** The user who created the instance. */
    USER
  }
}
