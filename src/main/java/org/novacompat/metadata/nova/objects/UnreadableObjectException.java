// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova.objects;

/**
 * A column holds something else than the serialized object that belongs there. The message names
 * the field and never quotes its content, so that it can be logged.
 */
public final class UnreadableObjectException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Says what cannot be read, and why. */
  public UnreadableObjectException(String message) {
    super(message);
  }
}
