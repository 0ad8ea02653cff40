// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova.database;

import java.sql.SQLTransientConnectionException;

/** A database did not answer, or was not asked because it is known to be unavailable. */
public final class DatabaseUnavailableException extends SQLTransientConnectionException {
  private static final long serialVersionUID = 1L;

  private final boolean isConnectionLoss;

  private DatabaseUnavailableException(Exception why, boolean isConnectionLoss) {
    super(why.getMessage(), "08001", why);
    this.isConnectionLoss = isConnectionLoss;
  }

  /** It was asked, and no answer came. */
  static DatabaseUnavailableException lost(Exception why) {
    return new DatabaseUnavailableException(why, true);
  }

  /** It was not asked. */
  static DatabaseUnavailableException known(Exception why) {
    return new DatabaseUnavailableException(why, false);
  }

  /** Whether it was asked, so that one lost connection may have been the reason. */
  public boolean isConnectionLoss() {
    return isConnectionLoss;
  }
}
