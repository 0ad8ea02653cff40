// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree.openstack;

/** A VIF of the network information cache lacks what nova needs to describe it. */
final class UnusableVifException extends Exception {
  private static final long serialVersionUID = 1L;

  UnusableVifException(String message) {
    super(message);
  }
}
