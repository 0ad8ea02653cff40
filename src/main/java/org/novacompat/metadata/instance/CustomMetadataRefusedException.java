// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.instance;

/** Custom metadata is not as the caller wants it, because of what the caller wants. */
public final class CustomMetadataRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why it is refused. */
  public enum Reason {
    /** There is no such instance, or it is in none of the caller's projects: not told apart. */
    NO_SUCH_INSTANCE,
    /** The instance is in another availability zone than the caller says. */
    OTHER_ZONE,
    /** The instance is neither active nor stopped, or a task is under way, or it is locked. */
    WRONG_STATE,
    /** There would be more keys than the quota {@code metadata_items} allows. */
    TOO_MANY_KEYS,
    /** A key is empty, or longer than 255 characters, or has one that nova does not take. */
    BAD_KEY,
    /** A value is longer than can be held. */
    VALUE_TOO_LONG,
    /** The cell has no table for what nova's own cannot hold: its migrations were not applied. */
    NO_TABLE
  }

  private final Reason reason;

  /**
   * Says why.
   *
   * @param reason the kind
   * @param message a sentence for the caller, in English, without secrets
   */
  public CustomMetadataRefusedException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Says why. */
  public Reason reason() {
    return reason;
  }
}
