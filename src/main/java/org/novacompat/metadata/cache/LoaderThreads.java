// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.cache;

import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that load instances: started when a load needs one, ended soon after. */
final class LoaderThreads implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(LoaderThreads.class.getName());

  /** One for each request that waits, of which a host has up to 2,000, and each load that hangs. */
  private static final int MAX_THREADS = 8_192;

  private static final int IDLE_SECONDS = 10;
  private static final int SECONDS_TO_END = 1;

  private final AtomicInteger started = new AtomicInteger();
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          0, MAX_THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), this::thread);

  /**
   * Runs a load at once.
   *
   * @throws java.util.concurrent.RejectedExecutionException when there are too many, or at the end
   */
  void execute(Runnable load) {
    threads.execute(load);
  }

  /** Interrupts loads under way, and gives them a moment to end. */
  @Override
  public void close() {
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS)) {
        LOG.log(System.Logger.Level.INFO, "the store still hangs, and is left alone");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Thread thread(Runnable task) {
    Thread thread = new Thread(task, "instance-loader-" + started.incrementAndGet());
    thread.setDaemon(true);
    thread.setContextClassLoader(LoaderThreads.class.getClassLoader());
    return thread;
  }
}
