// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The instances with which something was begun lately. Nova writes the action's row before it does
 * anything, so its effect is looked for several times in the minutes that follow, ever more seldom.
 */
final class Watches {
  /** When to look, in seconds after the action was seen. */
  private static final long[] ROUNDS = {0, 2, 5, 10, 20, 40, 80, 160, 300};

  /** Beyond this many the eldest is given up. */
  static final int MOST = 10_000;

  private final Map<String, Watch> watches = new LinkedHashMap<>();

  private record Watch(long since, int round) {
    boolean isDue(long now) {
      return now - since >= TimeUnit.SECONDS.toNanos(ROUNDS[round]);
    }
  }

  /** Watches an instance, from the first round on. */
  void add(String instance, long now) {
    watches.remove(instance);
    watches.put(instance, new Watch(now, 0));
    if (watches.size() > MOST) {
      Iterator<String> eldest = watches.keySet().iterator();
      eldest.next();
      eldest.remove();
    }
  }

  /** The instances to look at now. */
  List<String> due(long now) {
    List<String> due = new ArrayList<>();
    watches.forEach(
        (instance, watch) -> {
          if (watch.isDue(now)) {
            due.add(instance);
          }
        });
    return due;
  }

  /** The instances with the latest actions, whether due or not. */
  List<String> latest(int most) {
    List<String> all = new ArrayList<>(watches.keySet());
    return all.subList(Math.max(0, all.size() - most), all.size());
  }

  /** Notes that instances were looked at. */
  void looked(Collection<String> instances, long now) {
    for (String instance : instances) {
      watches.computeIfPresent(instance, (key, watch) -> next(watch, now));
    }
  }

  /** Null, which ends a watch, after the last round. */
  private static Watch next(Watch watch, long now) {
    Watch next = watch;
    while (next.isDue(now)) {
      if (next.round == ROUNDS.length - 1) {
        return null;
      }
      next = new Watch(next.since, next.round + 1);
    }
    return next;
  }
}
