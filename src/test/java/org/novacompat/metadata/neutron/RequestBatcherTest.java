// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.neutron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.novacompat.metadata.instance.StoreUnavailableException;

class RequestBatcherTest {
  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
  private final RequestBatcher batcher = new RequestBatcher(this::call, workers);

  /** A call under way, answered when the test says so. */
  private record Call(
      List<String> instances, CompletableFuture<Map<String, List<String>>> answer) {}

  @AfterEach
  void stopWorkers() {
    workers.shutdownNow();
  }

  @Test
  void aLoneInstanceIsAskedForAtOnce() throws Exception {
    long start = System.nanoTime();
    CompletableFuture<List<String>> lone = batcher.add("a");
    Call call = nextCall();
    assertTrue(System.nanoTime() - start < TimeUnit.MILLISECONDS.toNanos(90));
    assertEquals(List.of("a"), call.instances);
    call.answer.complete(Map.of("a", List.of("web"), "b", List.of("db")));
    assertEquals(List.of("web"), lone.get());
  }

  @Test
  void thoseThatComeDuringACallAreAskedForTogetherAfterIt() throws Exception {
    batcher.add("a");
    Call first = nextCall();
    CompletableFuture<List<String>> b = batcher.add("b");
    CompletableFuture<List<String>> c = batcher.add("c");
    first.answer.complete(Map.of());
    Call second = nextCall();
    assertEquals(List.of("b", "c"), second.instances);
    second.answer.complete(Map.of("c", List.of("web")));
    assertEquals(List.of(), b.get());
    assertEquals(List.of("web"), c.get());
  }

  @Test
  void nobodyWaitsLongForASlowCallAndFewCallsAreUnderWay() throws Exception {
    List<Call> underWay = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      batcher.add("instance " + i);
      underWay.add(nextCall());
    }
    batcher.add("one more");
    assertEquals(null, calls.poll(300, TimeUnit.MILLISECONDS));
    underWay.get(2).answer.complete(Map.of());
    assertEquals(List.of("one more"), nextCall().instances);
  }

  @Test
  void moreThanFitIntoOneUrlAreAskedForInSeveral() throws Exception {
    batcher.add("a");
    Call first = nextCall();
    for (int i = 0; i < 300; i++) {
      batcher.add("00000000-0000-4000-8000-%012d".formatted(i));
    }
    first.answer.complete(Map.of());
    int second = nextCall().instances.size();
    int third = nextCall().instances.size();
    assertEquals(300, second + third);
  }

  @Test
  void aFailureIsToldToAllAndTheNextIsAskedForAgain() throws Exception {
    batcher.add("a");
    Call first = nextCall();
    CompletableFuture<List<String>> b = batcher.add("b");
    CompletableFuture<List<String>> c = batcher.add("c");
    first.answer.complete(Map.of());
    nextCall().answer.completeExceptionally(new StoreUnavailableException("away", null));
    for (CompletableFuture<List<String>> failed : List.of(b, c)) {
      ExecutionException e = assertThrows(ExecutionException.class, failed::get);
      assertInstanceOf(StoreUnavailableException.class, e.getCause());
    }
    CompletableFuture<List<String>> again = batcher.add("b");
    nextCall().answer.complete(Map.of("b", List.of("web")));
    assertEquals(List.of("web"), again.get());
  }

  private Call nextCall() throws InterruptedException {
    Call call = calls.poll(5, TimeUnit.SECONDS);
    assertTrue(call != null, "no call");
    return call;
  }

  private Map<String, List<String>> call(List<String> instances) throws StoreUnavailableException {
    Call call = new Call(instances, new CompletableFuture<>());
    calls.add(call);
    try {
      return call.answer.get();
    } catch (ExecutionException e) {
      throw (StoreUnavailableException) e.getCause();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Map.of();
    }
  }
}
