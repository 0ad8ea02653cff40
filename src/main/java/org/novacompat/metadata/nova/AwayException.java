// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import java.sql.SQLTransientConnectionException;

/** A database did not answer, or was not asked because it is known to be away. */
final class AwayException extends SQLTransientConnectionException {
  private static final long serialVersionUID = 1L;

  AwayException(Exception why) {
    super(why.getMessage(), "08001", why);
  }
}
