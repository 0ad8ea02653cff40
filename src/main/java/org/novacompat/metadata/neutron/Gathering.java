// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.neutron;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.novacompat.metadata.instance.StoreUnavailableException;

/**
 * Asks for the groups of many instances together. An instance that comes while no call is under way
 * is asked for at once. Those that come meanwhile wait until shortly after the call, when the
 * guests that it answered have been followed by others, or until it has taken too long to wait for;
 * then they are asked for in one call. Few calls are under way at a time.
 */
final class Gathering {
  private static final long LONGEST_WAIT_MILLIS = 100;
  private static final long WAIT_AFTER_CALL_MILLIS = 10;
  private static final int MOST_CALLS = 4;

  private final Call call;
  private final Executor workers;
  private final Queue<Need> waiting = new ArrayDeque<>();
  private int underWay;
  private boolean isGathering;
  private int gatherings;

  /** One call. */
  @FunctionalInterface
  interface Call {
    /**
     * Asks for some instances.
     *
     * @param instances as many as fit
     * @return the groups by instance; nothing for instances without any
     */
    Map<String, List<String>> of(List<String> instances) throws StoreUnavailableException;
  }

  private record Need(String instance, CompletableFuture<List<String>> answer) {}

  /**
   * Starts with nothing to ask.
   *
   * @param call asks
   * @param workers where calls are made
   */
  Gathering(Call call, Executor workers) {
    this.call = call;
    this.workers = workers;
  }

  /**
   * Has an instance asked for.
   *
   * @param instance its UUID
   * @return the groups' names, as soon as they are known
   */
  synchronized CompletableFuture<List<String>> add(String instance) {
    Need need = new Need(instance, new CompletableFuture<>());
    waiting.add(need);
    if (!isGathering) {
      if (underWay == 0) {
        start();
      } else {
        gather(LONGEST_WAIT_MILLIS);
      }
    }
    return need.answer;
  }

  /** Waits before the next start, instead of as long as was meant before. */
  private void gather(long millis) {
    isGathering = true;
    int number = ++gatherings;
    CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS, workers)
        .execute(() -> gathered(number));
  }

  private synchronized void gathered(int number) {
    if (number == gatherings) {
      isGathering = false;
      start();
    }
  }

  private synchronized void ended() {
    underWay--;
    if (!waiting.isEmpty()) {
      gather(WAIT_AFTER_CALL_MILLIS);
    }
  }

  /** Starts as many calls as are needed and allowed. */
  private void start() {
    List<String> instances = waiting.stream().map(Need::instance).toList();
    for (List<String> part : UrlLimit.parts(GroupNames.DEVICE, instances)) {
      if (underWay < MOST_CALLS) {
        underWay++;
        List<Need> needs = take(part.size());
        workers.execute(() -> run(needs));
      }
    }
  }

  private List<Need> take(int count) {
    List<Need> taken = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      taken.add(waiting.remove());
    }
    return taken;
  }

  private void run(List<Need> needs) {
    try {
      Map<String, List<String>> names = call.of(needs.stream().map(Need::instance).toList());
      needs.forEach(need -> need.answer.complete(names.getOrDefault(need.instance, List.of())));
    } catch (StoreUnavailableException | RuntimeException | Error e) {
      needs.forEach(need -> need.answer.completeExceptionally(e));
    } finally {
      ended();
    }
  }
}
