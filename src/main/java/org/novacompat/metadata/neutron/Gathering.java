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
 * is asked for at once; those that come meanwhile wait until a call ends or a short window has
 * passed, and are then asked for in one call. Few calls are under way at a time.
 */
final class Gathering {
  private static final long WINDOW_MILLIS = 100;
  private static final int MOST_CALLS = 4;

  private final Call call;
  private final Executor workers;
  private final Executor afterWindow;
  private final Queue<Need> waiting = new ArrayDeque<>();
  private int underWay;
  private boolean windowIsOpen;

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
    this.afterWindow =
        CompletableFuture.delayedExecutor(WINDOW_MILLIS, TimeUnit.MILLISECONDS, workers);
  }

  /**
   * Has an instance asked for.
   *
   * @param instance its UUID
   * @param answer told the groups' names, or a {@link StoreUnavailableException}
   */
  synchronized void add(String instance, CompletableFuture<List<String>> answer) {
    waiting.add(new Need(instance, answer));
    if (underWay == 0) {
      start();
    } else if (!windowIsOpen) {
      windowIsOpen = true;
      afterWindow.execute(this::closeWindow);
    }
  }

  private synchronized void closeWindow() {
    windowIsOpen = false;
    start();
  }

  private synchronized void ended() {
    underWay--;
    start();
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
