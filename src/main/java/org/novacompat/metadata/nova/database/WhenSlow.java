// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova.database;

import java.util.concurrent.TimeoutException;
import org.novacompat.metadata.instance.StoreUnavailableException;

/** What happens before a slow database is asked: one that takes longer than a guest waits. */
@FunctionalInterface
public interface WhenSlow {
  /** It is asked, and gets the time that it needs. */
  WhenSlow WAIT = cell -> {};

  /**
   * Learns that the database is slow.
   *
   * @throws StoreUnavailableException when it is not to be asked
   */
  void before(Cell slow) throws StoreUnavailableException;

  /**
   * It is not asked.
   *
   * @param consequence what does not happen for that reason, for the log
   */
  static WhenSlow refuse(String consequence) {
    return cell -> {
      throw slow(cell, consequence);
    };
  }

  /** The refusal that names a slow database. */
  static StoreUnavailableException slow(Cell cell, String consequence) {
    String why = cell.label() + " is slow: " + consequence;
    return new StoreUnavailableException(why, new TimeoutException(why));
  }
}
