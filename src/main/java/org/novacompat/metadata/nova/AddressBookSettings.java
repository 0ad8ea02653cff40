// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import java.time.Duration;

/**
 * How the address book is kept.
 *
 * @param refresh how often new rows and actions are asked for, and how long what was read is
 *     believed without reading it again
 * @param rewalk in what time the whole of a table is read again
 * @param overlap how long after a higher id was seen a row may still be committed
 * @param batch how many rows one statement reads at most
 */
record AddressBookSettings(Duration refresh, Duration rewalk, Duration overlap, int batch) {
  /** For clouds of any size. */
  static final AddressBookSettings DEFAULTS =
      new AddressBookSettings(
          Duration.ofSeconds(2), Duration.ofMinutes(10), Duration.ofMinutes(1), 500);
}
