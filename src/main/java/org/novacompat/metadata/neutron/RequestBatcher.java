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
 * Asks for the groups of many instances together. An instance is asked for at once while no call is
 * under way. Those that are added meanwhile wait for {@value #WAIT_AFTER_CALL_MILLIS} ms after the
 * call, in which the guests that it answered are followed by others, or for {@value
 * #MAX_WAIT_MILLIS} ms in all; then one call asks for them. At most {@value #MAX_CALLS} calls are
 * under way at a time.
 */
final class RequestBatcher {
  private static final long MAX_WAIT_MILLIS = 100;
  private static final long WAIT_AFTER_CALL_MILLIS = 10;
  private static final int MAX_CALLS = 4;

  private final Call call;
  private final Executor workers;

  /** While it holds any, either a start is scheduled or a call under way will schedule one. */
  private final Queue<Need> waiting = new ArrayDeque<>();

  private int underWay;

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
  RequestBatcher(Call call, Executor workers) {
    this.call = call;
    this.workers = workers;
  }

  /**
   * Asks for an instance.
   *
   * @param instance its UUID
   * @return the groups' names, as soon as they are known
   */
  synchronized CompletableFuture<List<String>> add(String instance) {
    Need need = new Need(instance, new CompletableFuture<>());
    boolean isFirst = waiting.isEmpty();
    waiting.add(need);
    if (isFirst && underWay == 0) {
      start();
    } else if (isFirst) {
      startIn(MAX_WAIT_MILLIS);
    }
    return need.answer;
  }

  private void startIn(long millis) {
    CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS, workers).execute(this::start);
  }

  /** Starts as many calls as are needed and allowed. */
  private synchronized void start() {
    List<String> instances = waiting.stream().map(Need::instance).toList();
    for (List<String> part : NeutronApi.parts(GroupNames.DEVICE, instances)) {
      if (underWay < MAX_CALLS) {
        underWay++;
        List<Need> needs = new ArrayList<>(part.size());
        part.forEach(instance -> needs.add(waiting.remove()));
        workers.execute(() -> run(needs));
      }
    }
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

  private synchronized void ended() {
    underWay--;
    if (!waiting.isEmpty()) {
      startIn(WAIT_AFTER_CALL_MILLIS);
    }
  }
}
