// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.keystone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.novacompat.metadata.config.Catalogue;
import org.novacompat.metadata.config.NovaConf;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.keystone.ServiceCallException.Kind;

class ServiceClientTest {
  private final ExecutorService guests = Executors.newCachedThreadPool();
  private final CountDownLatch answers = new CountDownLatch(1);
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger answered = new AtomicInteger();
  private ServiceClient client;

  @AfterEach
  void close() {
    answers.countDown();
    guests.shutdownNow();
    if (client != null) {
      client.close();
    }
  }

  @Test
  void callsWithoutAnAnswerKeepNoOtherQuestionWaiting() throws Exception {
    client = client("timeout = 0.2\n");
    for (Future<Integer> question : ask(30)) {
      assertThrows(ExecutionException.class, question::get);
    }
    assertTrue(client.isPausing());
    while (client.isPausing()) {
      Thread.sleep(5);
    }
    assertEquals(7, client.<Integer>ask("another", calls -> 7));
  }

  @Test
  void anAnswerThatCameTooLateIsGivenToTheNextWhoAsks() throws Exception {
    client = client("timeout = 0.2\n");
    for (Future<Integer> question : ask(7)) {
      assertThrows(ExecutionException.class, question::get);
    }
    assertAnswersAreKept(7);
    while (client.isPausing()) {
      Thread.sleep(5);
    }
    assertEquals(0, answerOf(0));
    assertEquals(8, asked.get(), "for the next who asks alone");
  }

  /** Where all places are taken by guests who wait, which says nothing of the service. */
  @Test
  void whatIsAskedWithoutAPlaceToWaitGoesOn() throws Exception {
    client = client("timeout = 10\n[DEFAULT]\nmetadata_workers = 1\n");
    CountDownLatch taken = new CountDownLatch(12);
    for (int places = 0; places < 12; places++) {
      guests.submit(() -> client.await(new Unanswered(taken)));
    }
    taken.await();
    List<Future<Integer>> questions = ask(9);
    for (Future<Integer> question : questions) {
      assertThrows(ExecutionException.class, question::get);
    }
    assertAnswersAreKept(9);
  }

  /** Tells when it is waited for. */
  private static final class Unanswered extends CompletableFuture<Void> {
    private final CountDownLatch waiting;

    Unanswered(CountDownLatch waiting) {
      this.waiting = waiting;
    }

    @Override
    public Void get(long timeout, TimeUnit unit)
        throws InterruptedException, ExecutionException, TimeoutException {
      waiting.countDown();
      return super.get(timeout, unit);
    }
  }

  private void assertAnswersAreKept(int questions) throws Exception {
    answers.countDown();
    while (answered.get() < questions || !workersAreIdle()) {
      Thread.sleep(5);
    }
    for (int number = 0; number < questions; number++) {
      assertEquals(number, answerOf(number));
    }
    assertEquals(questions, asked.get());
  }

  @Test
  void noMoreThanTwelveQuestionsAreAskedAtATime() throws Exception {
    client = client("timeout = 10\n");
    List<Future<Integer>> questions = ask(20);
    while (waitingWorkers() < 20) {
      Thread.sleep(5);
    }
    assertEquals(12, asked.get());
    answers.countDown();
    for (Future<Integer> question : questions) {
      question.get();
    }
    assertEquals(20, asked.get());
  }

  private static long waitingWorkers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("Neutron-"))
        .filter(
            thread ->
                thread.getState() == Thread.State.WAITING
                    || thread.getState() == Thread.State.TIMED_WAITING)
        .count();
  }

  @Test
  void anEndedClientSaysSo() {
    client = client("");
    client.close();
    StoreUnavailableException failure =
        assertThrows(StoreUnavailableException.class, () -> answerOf(0));
    assertEquals("Neutron cannot be asked: this service ends", failure.getMessage());
  }

  private boolean workersAreIdle() {
    return ((ThreadPoolExecutor) client.workers()).getActiveCount() == 0;
  }

  @Test
  void callsThatWereGivenUpAreNoFailuresOfTheService() {
    RetryPolicies policies =
        new RetryPolicies(
            Conf.of(""), Catalogue.NEUTRON, 0, WaitTimes.of(Optional.of(Duration.ofSeconds(1))));
    fail(policies, Kind.NOT_MADE);
    assertFalse(policies.isPausing());
    fail(policies, Kind.BROKEN);
    assertTrue(policies.isPausing());
  }

  /** Twice: as often as makes the service count as away. */
  private static void fail(RetryPolicies policies, Kind kind) {
    for (int i = 0; i < 2; i++) {
      assertThrows(
          ServiceCallException.class,
          () ->
              policies.run(
                  () -> {
                    throw new ServiceCallException(kind, "failed", null);
                  }));
    }
  }

  @Test
  void aHostThatCannotBeCalledIsNamedByItsOption() {
    client = client("endpoint_override = http://neutron_api:9696\n");
    StoreUnavailableException failure =
        assertThrows(StoreUnavailableException.class, () -> answerOf(0));
    assertEquals(
        "Neutron cannot be asked: its address names no host, or one with an underscore or another"
            + " character that the name of a host may not have; see [neutron] endpoint_override",
        failure.getMessage());
  }

  @Test
  void aTokenThatNoHeaderMayHaveIsNotTold() {
    client = client("token = s3cret\u20ac\n");
    StoreUnavailableException failure =
        assertThrows(
            StoreUnavailableException.class,
            () -> client.ask(0, calls -> calls.get("/v2.0/ports")));
    assertEquals(
        "Neutron cannot be asked: Neutron at http://127.0.0.1:9 cannot be shown the token, which"
            + " has a character that no header may have; see [neutron] token",
        failure.getMessage());
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    assertFalse(trace.toString().contains("s3cret"), trace.toString());
  }

  private List<Future<Integer>> ask(int count) throws InterruptedException {
    List<Future<Integer>> questions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = i;
      questions.add(guests.submit(() -> answerOf(number)));
    }
    return questions;
  }

  private int answerOf(Integer number) throws Exception {
    return client.ask(
        number,
        calls -> {
          asked.incrementAndGet();
          awaitAnswers();
          answered.incrementAndGet();
          return number;
        });
  }

  private void awaitAnswers() {
    try {
      answers.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ServiceClient client(String options) {
    NovaConf conf =
        Conf.of(
            "[neutron]\nauth_type = admin_token\ntoken = t\nendpoint = http://127.0.0.1:9\n"
                + options);
    return new ServiceClient(
        "Neutron",
        conf,
        Catalogue.NEUTRON,
        0,
        "/v2.0",
        WaitTimes.of(conf.get(Catalogue.NEUTRON.timeout)));
  }
}
