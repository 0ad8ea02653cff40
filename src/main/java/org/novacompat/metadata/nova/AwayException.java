// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import java.sql.SQLTransientConnectionException;

/** A database did not answer, or was not asked because it is known to be away. */
final class AwayException extends SQLTransientConnectionException {
  private static final long serialVersionUID = 1L;

  private final boolean lost;

  private AwayException(Exception why, boolean lost) {
    super(why.getMessage(), "08001", why);
    this.lost = lost;
  }

  /** It was asked, and no answer came. */
  static AwayException lost(Exception why) {
    return new AwayException(why, true);
  }

  /** It was not asked. */
  static AwayException known(Exception why) {
    return new AwayException(why, false);
  }

  /** Whether it may have been one connection that was lost. */
  boolean isLoss() {
    return lost;
  }
}
