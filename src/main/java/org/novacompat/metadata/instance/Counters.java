// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.instance;

import java.util.concurrent.atomic.LongAdder;

/** Counts what happens to a directory, without threads in each other's way. */
final class Counters {
  final LongAdder hits = new LongAdder();
  final LongAdder misses = new LongAdder();
  final LongAdder staleAnswers = new LongAdder();
  final LongAdder loads = new LongAdder();
  final LongAdder loadFailures = new LongAdder();
  final LongAdder refreshes = new LongAdder();
  final LongAdder evictions = new LongAdder();
}
